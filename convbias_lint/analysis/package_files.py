"""The source files of a package, read as text without being followed or run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

from convbias_lint.rows import normalised

MAX_FILES = 6000
MAX_BESIDE = 500
"""How many files of a folder that is no package are looked at."""
MAX_BYTES = 1_000_000
"""Larger files are generated ones, and build no models."""


def sources(root: str) -> Iterable[str]:
    """The paths of the Python files below a folder, in a stable order."""
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and f not in ("node_modules", "__pycache__")
        )
        for file in sorted(files):
            if file.endswith(".py"):
                count += 1
                if count > MAX_FILES:
                    return
                yield os.path.join(folder, file)


def beside(folder: str) -> Iterable[str]:
    """The paths of the Python files in a folder itself."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [os.path.join(folder, name) for name in names if name.endswith(".py")][:MAX_BESIDE]


def read_bytes(path: str) -> bytes:
    """What is in a file; nothing where it cannot be read or is no file, or too large to be a model's code."""
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_BYTES:  # a pipe would never end
            return b""
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def read_text(path: str) -> str:
    """The text of a file, as far as it is UTF-8: without its byte-order mark, each row ended by ``\\n``."""
    return normalised(read_bytes(path).decode("utf-8-sig", "replace"))
