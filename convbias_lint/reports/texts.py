"""The texts of files for code frames, read from disk or handed over."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Optional

from convbias_lint.source import Source, SourceError, open_source


class HeldTexts:
    """Texts of files whose content is at hand (standard input, a fix that is not written), else from disk."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._sources = {name: _opened(data, name) for name, data in contents.items()}

    def __call__(self, filename: str, cell: Optional[int]) -> Optional[str]:
        if filename in self._sources:
            return _shown(self._sources[filename], cell)
        return read_text(filename, cell)


def read_text(filename: str, cell: Optional[int] = None) -> Optional[str]:
    """The text of a file, or of a notebook's cell, as its rows are counted; None if it cannot be read."""
    try:
        state = os.stat(filename)
    except (OSError, ValueError):
        return None
    return _shown(_read(filename, state.st_mtime_ns, state.st_size), cell)


@lru_cache(maxsize=4)  # findings come file by file; under --watch the same file comes again, changed
def _read(filename: str, _changed: int, _size: int) -> Optional[Source]:
    try:
        with open(filename, "rb") as stream:
            data = stream.read()
    except (OSError, ValueError):
        return None
    return _opened(data, filename)


def _opened(data: bytes, filename: str) -> Optional[Source]:
    try:
        return open_source(data, filename)
    except SourceError:
        return None


def _shown(source: Optional[Source], cell: Optional[int]) -> Optional[str]:
    if source is None:
        return None
    try:
        return source.shown(cell)
    except (IndexError, KeyError, ValueError):  # the file changed since
        return None
