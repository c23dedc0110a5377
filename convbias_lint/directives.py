"""The comments that silence findings, as they are written.

======================================  ==================================================
``# noqa``, ``# noqa: CB101, E501 why``  the findings of this row (flake8, Ruff)
``# convbias-lint: ignore[CB101]``       the same; alone on its row: of the row of code below
``# convbias-lint: ignore-file[CB101]``  the whole file
``# convbias-lint: noqa``                the whole file, alone on its row
``# flake8: noqa``                       the whole file, alone on its row
======================================  ==================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Optional

from convbias_lint.comments import Comment

_MENTION = re.compile(r"convbias-lint\s*:")

_CODE = r"[A-Za-z]+[0-9]+(?![\w-])"
_CODES = rf"(?P<codes>{_CODE}(?:[,\s]+{_CODE})*)"
_NOQA = re.compile(rf"#\s*(?i:noqa)(?![\w-])(?:\s*:\s*{_CODES})?")
_FLAKE8 = re.compile(rf"#\s*flake8\s*[:=]\s*(?i:noqa)(?![\w-])(?:\s*:\s*{_CODES})?")
_OWN = re.compile(
    r"#\s*convbias-lint\s*:\s*(?P<verb>[\w-]*)"
    rf"(?:\s*\[(?P<listed>[^\]#]*)\]|\s*:\s*{_CODES})?"
)
_ENTRY = re.compile(r"[^\s,]+")


def mentioned(text: str) -> bool:
    """Whether a text may hold a directive; far faster than a pattern that heeds no case."""
    text = text.lower()
    return "noqa" in text or _MENTION.search(text) is not None


class Entry(NamedTuple):
    """One code (or rule name) of a directive; offsets count in the comment's text."""

    text: str
    start: int
    end: int

    def covers(self, code: str, name: str) -> bool:
        return code.startswith(self.text.upper()) or name == self.text


class Directive(NamedTuple):
    """One suppression: ``start`` to ``end`` is its place in the comment's text, its reason included.

    ``row`` is the row that it silences, None for the file.  Without ``entries`` it silences everything.
    ``own`` directives speak to this linter alone.  ``problem`` says what is wrong with the writing.
    """

    comment: Comment
    start: int
    end: int
    row: Optional[int]
    entries: tuple[Entry, ...]
    own: bool
    problem: Optional[str] = None


def directives_of(comment: Comment, rows: list[str]) -> Iterator[Directive]:
    """All directives of one comment, in order; ``rows`` is the whole text."""
    if not mentioned(comment.text):
        return
    for match in _NOQA.finditer(comment.text):
        yield Directive(comment, match.start(), _end(comment, match), comment.row, _entries(match), False)
    if comment.alone:
        match_ = _FLAKE8.match(comment.text)
        if match_ is not None:
            yield Directive(comment, 0, _end(comment, match_), None, _entries(match_), False)
    for match in _OWN.finditer(comment.text):
        yield _own(comment, match, rows)


def _own(comment: Comment, match: re.Match[str], rows: list[str]) -> Directive:
    verb, end = match["verb"], _end(comment, match)
    row: Optional[int] = comment.row
    problem = None
    if verb == "ignore":
        row = _row_below(comment.row, rows) if comment.alone else comment.row
    elif verb == "ignore-file" or (verb == "noqa" and comment.alone):
        row = None
    elif verb != "noqa":
        problem = f"`{verb}` is no suppression; write `ignore[CB101]` or `ignore-file[CB101]`"
    if problem is None and match["listed"] is not None and not match["listed"].strip():
        problem = "the brackets name no rule"
    return Directive(comment, match.start(), end, row, _entries(match), True, problem)


def _entries(match: re.Match[str]) -> tuple[Entry, ...]:
    groups = match.groupdict()
    for group in ("codes", "listed"):
        if groups.get(group) is not None:
            start = match.start(group)
            found = _ENTRY.finditer(match[group])
            return tuple(Entry(entry[0], start + entry.start(), start + entry.end()) for entry in found)
    return ()


def _end(comment: Comment, match: re.Match[str]) -> int:
    """Behind the reason: where the next comment on the same row begins, or at the end."""
    following = comment.text.find("#", match.end())
    return len(comment.text) if following < 0 else following


def _row_below(row: int, rows: list[str]) -> int:
    """The first row of code below ``row``, blank rows and comments skipped."""
    for number in range(row + 1, len(rows) + 1):
        code = rows[number - 1].strip()
        if code and not code.startswith("#"):
            return number
    return row
