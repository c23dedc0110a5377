"""Where nodes stand in the text, computed only for files with findings."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from convbias_lint.finding import Position

Span = tuple[int, int]
"""Start and end as offsets into the text."""


class Places:
    """The places of the nodes of a text's tree."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = text.split("\n")
        self._rows = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def span(self, node: Any) -> Span:
        """The code of a node, without parentheses around it."""
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _offset(self, row: int, column: int) -> int:
        # Python's tree counts the bytes of UTF-8.
        line = self._lines[row - 1]
        if not line.isascii():
            column = len(line.encode("utf-8")[:column].decode("utf-8", "ignore"))
        return self._rows[row - 1] + column

    def position(self, offset: int) -> Position:
        """Row and column, from 1, of an offset."""
        row = bisect_right(self._rows, offset)
        return Position(row, offset - self._rows[row - 1] + 1)

    def range(self, node: Any) -> tuple[Position, Position]:
        """First position of a node, and the one behind it."""
        start, end = self.span(node)
        return self.position(start), self.position(end)
