"""Columns as other tools count them: this linter counts code points from 1, others UTF-16 units or bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convbias_lint.finding import Position
    from convbias_lint.reports.report import Report


class Columns:
    """The rows of one text; where there are none, columns stay as they are."""

    def __init__(self, rows: Sequence[str] = ()) -> None:
        self._rows = rows

    @classmethod
    def of(cls, report: Report, filename: str, cell: Optional[int]) -> Columns:
        return cls(report.rows(filename, cell))

    def utf16(self, position: Position) -> dict[str, int]:
        """A position of the language server protocol: from 0, in UTF-16 code units."""
        before = self._before(position)
        units = len(before) + sum(character > "\uffff" for character in before)
        return {"line": position.row - 1, "character": units}

    def utf8(self, position: Position) -> int:
        """The column from 1 in bytes of UTF-8."""
        return len(self._before(position).encode("utf-8", "replace")) + 1

    def _before(self, position: Position) -> str:
        """What stands left of a position; blanks where the text is not at hand or has changed since."""
        row = self._rows[position.row - 1] if position.row <= len(self._rows) else ""
        return row[: position.column - 1].ljust(position.column - 1)
