"""What the analysis proved, as plain data that rules turn into findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from convbias_lint.finding import Edit, Position, Related


@dataclass(frozen=True)
class BiasFact:
    """The bias that the call from ``start`` to ``end`` decides is redundant.

    ``layer`` and ``norm`` are class names; ``steps`` what the shift passes between them, in words of
    the code; ``callee`` is the text of what is called (``nn.Conv2d``, or a helper around it), and
    ``keyword`` its argument for the bias.  ``condition`` is None where the bias is redundant always, else
    the condition under which it is.  ``edits`` make the argument ``written``; None where the fix cannot be
    written; ``doubt`` says why it is not safe.  ``parameters`` is how many are without effect, if known,
    and ``unnecessary`` where the value of the argument stands that does nothing.
    """

    layer: str
    layer_kind: str
    norm: str
    norm_kind: str
    steps: tuple[str, ...]
    callee: str
    keyword: str
    start: Position
    end: Position
    related: tuple[Related, ...]
    condition: Optional[str]
    written: Optional[str]
    edits: Optional[tuple[Edit, ...]]
    doubt: Optional[str]
    parameters: Optional[int]
    unnecessary: Optional[tuple[Position, Position]]

    @property
    def direct(self) -> bool:
        """Whether the norm comes right behind the layer."""
        return not self.steps


@dataclass(frozen=True)
class AccessFact:
    """``text``, from ``start`` to ``end``, is None and used as a tensor.

    ``layer`` is the class name of the layer whose bias it would be, ``related`` where that is built.
    ``edits`` guard the statement; None where it cannot be guarded by itself.
    """

    text: str
    layer: str
    start: Position
    end: Position
    related: tuple[Related, ...]
    edits: Optional[tuple[Edit, ...]]


@dataclass(frozen=True)
class MisfitFact:
    """The norm built from ``start`` to ``end`` wants another number of channels than it is given."""

    norm: str
    wanted: int
    layer: str
    given: int
    start: Position
    end: Position
    related: tuple[Related, ...]


@dataclass(frozen=True)
class MissingFact:
    """The layer built from ``start`` to ``end`` has no bias, and no norm, before ``activation``."""

    layer: str
    activation: str
    start: Position
    end: Position
