"""Findings of a text that has changed since, where they still stand.

While a statement is half typed the file does not parse.  What was found before is still true of the
rows above and below; of the rows that changed nothing is said until they make sense again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Optional

from convbias_lint.finding import Edit, Finding, Fix, Position, Related


def moved(findings: Iterable[Finding], before: Sequence[str], now: Sequence[str]) -> list[Finding]:
    """``findings`` of the rows ``before`` that stand, with all they speak of, in rows of ``now``, too."""
    move = _Move(before, now)
    return [found for found in map(move.finding, findings) if found is not None]


class _Changed(Exception):
    """A place lies in rows that changed."""


class _Move:
    def __init__(self, before: Sequence[str], now: Sequence[str]) -> None:
        shorter = min(len(before), len(now))
        self.head = next((i for i in range(shorter) if before[i] != now[i]), shorter)
        self.tail = next(
            (i for i in range(shorter - self.head) if before[-1 - i] != now[-1 - i]), shorter - self.head
        )
        self.rows = len(before)
        self.by = len(now) - len(before)

    def finding(self, finding: Finding) -> Optional[Finding]:
        try:
            faded = finding.unnecessary
            return replace(
                finding,
                start=self.position(finding.start),
                end=self.position(finding.end),
                noqa_row=self.row(finding.noqa_row),
                fix=None if finding.fix is None else self.fix(finding.fix),
                related=tuple(self.related(step, finding.filename) for step in finding.related),
                unnecessary=None if faded is None else (self.position(faded[0]), self.position(faded[1])),
            )
        except _Changed:
            return None

    def fix(self, fix: Fix) -> Fix:
        edits = (Edit(self.position(edit.start), self.position(edit.end), edit.content) for edit in fix.edits)
        return replace(fix, edits=tuple(edits))

    def related(self, step: Related, filename: str) -> Related:
        if step.filename != filename:
            return step
        return replace(step, start=self.position(step.start), end=self.position(step.end))

    def position(self, position: Position) -> Position:
        return Position(self.row(position.row), position.column)

    def row(self, row: int) -> int:
        if row <= self.head:
            return row
        if row > self.rows - self.tail:
            return row + self.by
        raise _Changed
