"""Places in a text as editors count them: rows and columns from 0, columns in units of an encoding."""

from __future__ import annotations

import re
from collections.abc import Callable

from lsprotocol import types

from convbias_lint.finding import Edit, Position

_ROW_END = re.compile(r"\r\n|\r|\n")

_UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text) + sum(character > "\uffff" for character in text),
    "utf-32": len,
}


class Rows:
    """The rows of a text, and how the client counts the columns in them."""

    def __init__(self, text: str, encoding: str) -> None:
        self.rows = _ROW_END.split(text)
        self._units = _UNITS[encoding]

    def row(self, number: int) -> str:
        """The row ``number``, from 1; empty behind the last."""
        return self.rows[number - 1] if 0 < number <= len(self.rows) else ""

    def to_client(self, position: Position) -> types.Position:
        before = self.row(position.row)[: position.column - 1]
        return types.Position(position.row - 1, self._units(before))

    def from_client(self, position: types.Position) -> Position:
        row = self.row(position.line + 1)
        column, units = 0, 0
        while column < len(row) and units < position.character:
            units += self._units(row[column])
            column += 1
        return Position(position.line + 1, column + 1)

    def range(self, start: Position, end: Position) -> types.Range:
        return types.Range(self.to_client(start), self.to_client(end))

    def text_edit(self, edit: Edit) -> types.TextEdit:
        return types.TextEdit(self.range(edit.start, edit.end), edit.content)
