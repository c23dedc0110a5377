"""Patterns of paths, as configuration files write them.

As in Ruff, a pattern names a file or folder of that name anywhere (``build``, ``test_*.py``) or a path
from the project's root (``tests/data``, ``src/**/gen.py``).  ``*`` also matches the separator.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Optional

_MAGIC = re.compile(r"[*?\[{]")
MAX_WAYS = 500


class GlobError(ValueError):
    """A pattern that cannot be read; the text says why."""


def matches(pattern: str, path: str, root: str) -> bool:
    """Whether ``path``, absolute, is what ``pattern`` of a project in the folder ``root`` names."""
    name = path.rsplit(os.sep, 1)[-1]
    if not _MAGIC.search(pattern):
        if name == pattern:
            return True
        return os.path.normpath(os.path.join(root, pattern)) == path
    shown = path.replace(os.sep, "/")
    if _compiled(pattern).fullmatch(name):
        return True
    return _compiled(rooted(pattern, root)).fullmatch(shown) is not None


def rooted(pattern: str, root: str) -> str:
    """``pattern`` as one from the file system's root."""
    if os.path.isabs(pattern):
        return pattern
    if not _MAGIC.search(pattern):
        return os.path.normpath(os.path.join(root, pattern)).replace(os.sep, "/")
    return f"{_escaped(root)}/{pattern.removeprefix('./')}"


def is_name(pattern: str) -> bool:
    """Whether a pattern is just the name of a file or folder."""
    return "/" not in pattern and _MAGIC.search(pattern) is None


def check(pattern: str) -> None:
    """Raise GlobError if ``pattern`` is none."""
    _compiled(pattern)


def _escaped(root: str) -> str:
    return re.sub(r"([*?\[{\\])", r"[\1]", root.replace(os.sep, "/").rstrip("/"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    found = "|".join(_expression(parts, way) for way, parts in enumerate(_ways(pattern)))
    return re.compile(found, re.DOTALL)


_Parts = tuple[Optional[str], ...]
"""Expressions of one character each, and None for any number of characters."""


def _ways(pattern: str) -> list[_Parts]:
    """What a pattern may stand for, one way for each choice that its braces and ``**/`` leave."""
    done: list[list[_Parts]] = [[]]
    begun: list[list[_Parts]] = [[()]]
    at = 0

    def add(part: Optional[str]) -> None:
        begun[-1] = [way if part is None and way[-1:] == (None,) else (*way, part) for way in begun[-1]]

    while at < len(pattern):
        sign = pattern[at]
        at += 1
        if sign == "*":
            while pattern[at : at + 1] == "*":
                at += 1
            if pattern[at : at + 1] == "/" and pattern[at - 2 : at] == "**" and _opens(pattern, at - 2):
                at += 1
                none = begun[-1]  # ``**/`` also stands for no folder at all
                add(None)
                add("/")
                begun[-1] = none + begun[-1]
            else:
                add(None)
        elif sign == "?":
            add(".")
        elif sign == "[":
            at, piece = _class(pattern, at)
            add(piece)
        elif sign == "{":
            done.append([])
            begun.append([()])
        elif sign == "}" and len(done) > 1:
            choices = done.pop() + begun.pop()
            begun[-1] = [before + choice for before in begun[-1] for choice in choices]
        elif sign == "," and len(done) > 1:
            done[-1] += begun[-1]
            begun[-1] = [()]
        else:
            add(re.escape(sign))
        if len(begun[-1]) > MAX_WAYS:
            raise GlobError(f"more than {MAX_WAYS} ways to read it")
    if len(done) > 1:
        raise GlobError("a `{` is not closed")
    return begun[-1]


def _expression(parts: _Parts, way: int) -> str:
    """One way of a pattern, so that a search never comes back to where it has been.

    What stands between two stars is taken where it is first found, once and for all; were it tried at
    every place, a few stars would keep a long name busy for hours.
    """
    pieces = [""]
    for part in parts:
        if part is None:
            pieces.append("")
        else:
            pieces[-1] += part
    if len(pieces) == 1:
        return pieces[0]
    first, *between, last = pieces
    fixed = "".join(
        f"(?=(?P<w{way}_{number}>.*?{piece}))(?P=w{way}_{number})" for number, piece in enumerate(between)
    )
    return f"{first}{fixed}.*{last}"


def _opens(pattern: str, at: int) -> bool:
    return at == 0 or pattern[at - 1] in "/{,"


def _class(pattern: str, at: int) -> tuple[int, str]:
    """The end of a ``[...]`` that opens before ``at``, and its regular expression."""
    close = pattern.find("]", at + 2 if pattern[at : at + 1] in ("!", "^") else at + 1)
    if close < 0:
        raise GlobError("a `[` is not closed")
    body = pattern[at:close]
    negated = body[:1] in ("!", "^")
    body = re.sub(r"([\\\[\]^&|~])", r"\\\1", body[1:] if negated else body)
    piece = f"[{'^' if negated else ''}{body}]"
    try:
        re.compile(piece)
    except re.error as error:
        raise GlobError(str(error)) from None
    return close + 1, piece
