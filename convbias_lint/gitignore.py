"""What ``.gitignore`` files say, nested ones included: the deepest file that speaks of a path decides."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Optional

import pathspec

MAX_STARS = 3


class Ignored:
    """The ignore files of one folder, on top of those of the folders above."""

    def __init__(self, folder: str, lines: Sequence[str], above: Optional[Ignored]) -> None:
        self._prefix = folder.rstrip(os.sep) + os.sep
        self._spec = _spec(lines)
        self._above = above

    def match(self, path: str, is_folder: bool) -> bool:
        """Whether an absolute path is ignored; the folders that it is in are not asked for."""
        level: Optional[Ignored] = self
        while level is not None:
            relative = path[len(level._prefix) :].replace(os.sep, "/")
            decided = level._spec.check_file(relative + "/" if is_folder else relative).include
            if decided is not None:
                return decided
            level = level._above
        return False


def _spec(lines: Sequence[str]) -> pathspec.GitIgnoreSpec:
    """The lines as patterns; a line that is none is passed over, as git does."""
    lines = [line for line in lines if not _takes_too_long(line)]
    try:
        return pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return pathspec.GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _takes_too_long(line: str) -> bool:
    """Whether a line has so many stars that matching it against a long name might take hours."""
    parts = line.split("/")
    return parts.count("**") > MAX_STARS or any(part.count("*") > MAX_STARS for part in parts)


def _is_pattern(line: str) -> bool:
    try:
        pathspec.GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
