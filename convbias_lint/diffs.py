"""What fixing changed, as a unified diff; of a notebook, the diff of each cell's source."""

from __future__ import annotations

import difflib

from convbias_lint.source import open_source


def unified_diff(before: bytes, after: bytes, filename: str) -> str:
    """The diff from one content of a file to another; empty where nothing changed."""
    old, new = open_source(before, filename), open_source(after, filename)
    cells = getattr(old, "cells", None)
    if cells is None:
        return _diff(old.shown(), new.shown(), filename)
    return "".join(_diff(text, new.shown(number), f"{filename}:cell {number}") for number, text in cells)


def _diff(before: str, after: str, name: str) -> str:
    lines = difflib.unified_diff(_rows(before), _rows(after), name, name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _rows(text: str) -> list[str]:
    """Rows with their newline: ``str.splitlines`` would also cut at form feeds."""
    rows = [row + "\n" for row in text.split("\n")]
    rows[-1] = rows[-1][:-1]
    return rows if rows[-1] else rows[:-1]
