"""The data that every part of convbias-lint shares: findings, their places and their fixes.

Everything here is plain, frozen and made of built-in types, so that a finding pickles, caches as
JSON and maps to the language server protocol without knowing anything of the analysis.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Optional


class Applicability(str, enum.Enum):
    """How far a fix can be trusted; the values are those of Ruff's JSON output."""

    SAFE = "safe"
    """The function that the model computes does not change: applied by ``--fix``."""
    UNSAFE = "unsafe"
    """Right as far as the code in view goes: applied with ``--unsafe-fixes`` only."""
    DISPLAY = "display"
    """Shown to the reader, never applied."""


@dataclass(frozen=True, order=True)
class Position:
    """A place in a text: row and column count from 1, columns count code points."""

    row: int
    column: int


@dataclass(frozen=True, order=True)
class Edit:
    """Replace the text from ``start`` up to, not including, ``end`` with ``content``."""

    start: Position
    end: Position
    content: str


@dataclass(frozen=True)
class Fix:
    """A change that settles a finding; its edits do not overlap and are in ascending order."""

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


@dataclass(frozen=True)
class Related:
    """Another place that explains a finding: the norm, or a step of the way to it."""

    message: str
    filename: str
    start: Position
    end: Position
    cell: Optional[int] = None


@dataclass(frozen=True)
class Finding:
    """One problem in one file.

    ``related`` holds the steps of the way in order; the last one is the norm that cancels the bias.
    ``condition`` is None, or the text of the condition under which the bias is redundant.
    ``parameters`` is how many parameters the fix removes, where that is known.
    ``noqa_row`` is the row on which a ``# noqa`` comment silences the finding: the last row of the
    statement's first logical piece, as in Ruff.  ``cell`` is the number (from 1) of the notebook
    cell that rows count in, else None.
    """

    code: str
    name: str
    message: str
    filename: str
    start: Position
    end: Position
    noqa_row: int
    fix: Optional[Fix] = None
    related: tuple[Related, ...] = ()
    condition: Optional[str] = None
    parameters: Optional[int] = None
    cell: Optional[int] = None
    unnecessary: Optional[tuple[Position, Position]] = None
    """The range of the bias argument that does nothing, if one is written out (editors fade it)."""

    @property
    def url(self) -> str:
        return rule_url(self.name)

    @property
    def sort_key(self) -> tuple[str, int, int, int, str]:
        return (self.filename, self.cell or 0, self.start.row, self.start.column, self.code)


DOCS_URL = "https://convbias-lint.github.io/convbias-lint"


def rule_url(name: str) -> str:
    """The page of the rule called ``name``."""
    return f"{DOCS_URL}/rules/{name}/"
