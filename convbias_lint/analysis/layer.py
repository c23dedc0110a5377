"""A layer that the model code builds, and what becomes of its shift."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.values import Value
from convbias_lint.layers.rows import Layer

Guard = frozenset[tuple[Any, bool]]
"""Which atoms were assumed to hold or not when something happened."""

GIVEN_BIAS = "an assignment to its bias"
"""Why a layer is used that code gives a bias of its own."""


class CallSite(NamedTuple):
    """A call in a file, with the names that were in scope there."""

    node: ir.Call
    file: Any
    scope: Any


class Step(NamedTuple):
    """An operation that a shift passes on its way, and where (None: an operator without a call)."""

    label: str
    file: Any
    syntax: Any


@dataclass(eq=False)
class Cancelled:
    """A norm took the shift away."""

    guard: Guard
    norm: LayerValue
    path: tuple[Step, ...]


class NormInput(NamedTuple):
    """One call of a norm: in which configuration, whether aside of ``forward``, and where it is written.

    ``layers`` are those whose shifts it got.
    """

    guard: Guard
    aside: bool
    place: int
    layers: frozenset[int]


@dataclass(eq=False)
class LayerValue(Value):
    """One layer built at one place in one run.

    ``chain`` are the calls that led to it, innermost first: the first one is the call of the layer
    itself.  ``bias`` is what its bias argument evaluated to, ``origin`` how it was given.
    ``owner`` is the object of a class in view whose ``__init__`` built it.
    """

    row: Layer
    chain: tuple[CallSite, ...]
    arguments: dict[str, Value]
    bias: Value
    origin: BiasOrigin
    guard: Guard
    used: list[tuple[Guard, str]] = field(default_factory=list)
    cancelled: list[Cancelled] = field(default_factory=list)
    ran: bool = False
    frozen: bool = False
    inputs: list[NormInput] = field(default_factory=list)
    """Of a norm: what its calls got."""
    owner: Optional[Value] = None
    shown_by: Optional[str] = None
    """A method for any caller whose output the shift is in."""
    misfit: Optional[LayerValue] = None
    """For a norm: a layer before it that gives another number of channels."""
    bare: Optional[str] = None
    """For a layer without a bias: the activation that its output goes into."""
    normed: bool = False
    """For a layer without a bias: whether its output goes into a norm, too."""

    def argument(self, keyword: str) -> Optional[Value]:
        return self.arguments.get(keyword)

    def __repr__(self) -> str:
        return f"<{self.row.name.rsplit('.', 1)[-1]}>"


class BiasOrigin(NamedTuple):
    """Where the bias argument's value was decided.

    ``level`` counts from the layer's own call (0) outwards along the chain; ``keyword`` is the name
    of the argument to write there, ``expression`` the argument given there (None: left out, so that
    the default decides).  ``fixable`` is False where it came through something that cannot be
    followed (``**kwargs``).  ``within`` are the calls on the way there that hand the argument on: what
    is redundant only there is better switched off there.
    """

    level: int
    keyword: str
    expression: Optional[ir.Expr]
    fixable: bool
    through_kwargs: bool = False
    within: tuple[BiasOrigin, ...] = ()

    def at(self, level: int) -> Optional[BiasOrigin]:
        """How the argument is given by the call at ``level``."""
        return next((origin for origin in (*self.within, self) if origin.level == level), None)
