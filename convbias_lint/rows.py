"""A text as read from a file, and the same text with the rows that the analysis counts.

Only ``\\n``, ``\\r\\n`` and ``\\r`` end a row, as in Python itself: ``str.splitlines`` would also break at
form feeds and at Unicode's line separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from convbias_lint.finding import Edit, Position

_LINE_END = re.compile(r"\r\n|\r|\n")


class Rows:
    """``raw`` keeps its own line ends; ``text`` has ``\\n`` for each of them."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = normalised(raw)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each row begins; asked for only where there is something to place."""
        return [0, *(line_end.end() for line_end in _LINE_END.finditer(self.raw))]

    @cached_property
    def _ends(self) -> list[int]:
        """Where each row ends, its line end left out."""
        return [*(line_end.start() for line_end in _LINE_END.finditer(self.raw)), len(self.raw)]

    def __len__(self) -> int:
        return len(self._starts)

    def row(self, number: int) -> str:
        """The text of a row without its line end; empty past the last row."""
        if not 1 <= number <= len(self._starts):
            return ""
        return self.raw[self._starts[number - 1] : self._ends[number - 1]]

    def offset(self, position: Position) -> int:
        """Where ``position`` is in ``raw``; never past the end of its row."""
        if position.row > len(self._starts):
            return len(self.raw)
        index = position.row - 1
        return min(self._starts[index] + position.column - 1, self._ends[index])

    def line_end(self, number: int) -> str:
        """The line end that a new row beside row ``number`` should have: that of its neighbours."""
        for candidate in (number, number - 1, 1):
            if 1 <= candidate < len(self._starts):
                return self.raw[self._ends[candidate - 1] : self._starts[candidate]]
        return "\n"

    def changes(self, edits: Iterable[Edit]) -> list[tuple[int, int, str]]:
        """``edits`` as ascending offsets into ``raw``, with the line ends that the rows around them have."""
        return [
            (
                self.offset(edit.start),
                self.offset(edit.end),
                edit.content.replace("\n", self.line_end(edit.start.row)),
            )
            for edit in sorted(edits)
        ]

    def edited(self, edits: Iterable[Edit]) -> str:
        """``raw`` with the edits made and every other character as it was."""
        parts, done = [], 0
        for start, end, content in self.changes(edits):
            parts += [self.raw[done:start], content]
            done = end
        return "".join([*parts, self.raw[done:]])


def normalised(raw: str) -> str:
    """``raw`` with every line end as ``\\n``."""
    return _LINE_END.sub("\n", raw) if "\r" in raw else raw
