"""Source looked at as text: without what is no code, and cut into pieces.

What a file can lead to is asked far more often than it is worth a parse; three modules answer from the
text (:mod:`relevance`, :mod:`outline`, :mod:`bias_text`), each for a question of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

NAME = re.compile(r"[A-Za-z_]\w*")
# One that its row does not close ends with it, or each quote in it would be tried as the start of one.
_ROW_STRING = r"""\"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?"""
_STRING = re.compile(_ROW_STRING, re.DOTALL)
# Strings of several rows and comments are no code; other strings stay: ``getattr(nn, "BatchNorm2d")``.
_QUOTES = re.compile(
    r'''"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""|\'\'\'[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*\'\'\''''
    rf"|{_ROW_STRING}|\#[^\n]*",
    re.DOTALL,
)


def code_of(text: str) -> str:
    """A text without comments and without strings of several rows."""
    return _QUOTES.sub(_kept, text)


def without_strings(code: str) -> str:
    """What :func:`code_of` gives, without any strings."""
    return _STRING.sub(" ", code)


def _kept(match: re.Match[str]) -> str:
    text = match.group()
    return "" if text[0] == "#" or text[:3] in ('"""', "'''") else text


def cut(text: str, starts: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """A text cut where some matches begin: each match with the text from there up to the next."""
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends):
        yield start, text[start.start() : end]
