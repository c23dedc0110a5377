"""Patterns of paths, as configuration files write them.

As in Ruff, a pattern names a file or folder of that name anywhere (``build``, ``test_*.py``) or a path
from the project's root (``tests/data``, ``src/**/gen.py``).  ``*`` also matches the separator.
"""

from __future__ import annotations

import os
import re
from functools import cache

_MAGIC = re.compile(r"[*?\[{]")


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
    return re.compile(_translated(pattern), re.DOTALL)


def _translated(pattern: str) -> str:
    parts: list[str] = []
    depth = at = 0
    while at < len(pattern):
        sign = pattern[at]
        at += 1
        if sign == "*":
            while pattern[at : at + 1] == "*":
                at += 1
            if pattern[at : at + 1] == "/" and pattern[at - 2 : at] == "**" and _opens(pattern, at - 2):
                at += 1
                parts.append("(?:.*/)?")  # ``**/`` also stands for no folder at all
            elif parts[-1:] != [".*"]:
                parts.append(".*")
        elif sign == "?":
            parts.append(".")
        elif sign == "[":
            at, piece = _class(pattern, at)
            parts.append(piece)
        elif sign == "{":
            depth += 1
            parts.append("(?:")
        elif sign == "}" and depth:
            depth -= 1
            parts.append(")")
        elif sign == "," and depth:
            parts.append("|")
        else:
            parts.append(re.escape(sign))
    if depth:
        raise GlobError("a `{` is not closed")
    return "".join(parts)


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
