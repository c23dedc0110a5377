"""How a statement ended, and how the ends of two branches go together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional, Union

from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.values import (
    NONE,
    Atom,
    Value,
)


class Leave:
    """A block was left: ``kind`` is return, break or continue."""

    __slots__ = ("kind", "value")

    def __init__(self, kind: str, value: Value = NONE) -> None:
        self.kind = kind
        self.value = value


class Split:
    """A block was left in one way where the atom holds, in another where not (None: fell through)."""

    __slots__ = ("atom", "no", "yes")

    def __init__(self, atom: Atom, yes: Flow, no: Flow) -> None:
        self.atom = atom
        self.yes = yes
        self.no = no


Flow = Optional[Union[Leave, Split]]


def merge_flows(m: Machine) -> Callable[[Atom, Flow, Flow], Flow]:
    """How the flows of the two sides of a branch become one."""

    def merge(atom: Atom, yes: Flow, no: Flow) -> Flow:
        if yes is None and no is None:
            return None
        if isinstance(yes, Leave) and isinstance(no, Leave) and yes.kind == no.kind:
            return yes if yes.kind != "return" else Leave("return", m.state.choose(atom, yes.value, no.value))
        return Split(atom, yes, no)

    return merge


def go_on(m: Machine, flow: Flow, rest: Callable[[], Flow]) -> Flow:
    """Run ``rest`` where ``flow`` fell through."""
    if flow is None:
        return rest()
    if isinstance(flow, Split):
        return m.state.branch(
            flow.atom, lambda: go_on(m, flow.yes, rest), lambda: go_on(m, flow.no, rest), merge_flows(m)
        )
    return flow


def result_of(m: Machine, flow: Flow) -> Value:
    """What a function whose body ended with ``flow`` returns."""
    if isinstance(flow, Split):
        merged: Value = m.state.choose(flow.atom, result_of(m, flow.yes), result_of(m, flow.no))
        return merged
    return flow.value if flow is not None else NONE


def without(flow: Flow, kind: str) -> Flow:
    """``flow`` where leaving by ``kind`` counts as falling through."""
    if isinstance(flow, Leave):
        return None if flow.kind == kind else flow
    if isinstance(flow, Split):
        yes, no = without(flow.yes, kind), without(flow.no, kind)
        return None if yes is None and no is None else Split(flow.atom, yes, no)
    return None
