"""What is assumed on a path, and how far a run may go."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from hypothesis import given, strategies as st

from convbias_lint.analysis.bounds import MAX_HALF, MAX_IDLE, MAX_WORK, GaveUp
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.state import Dead, State
from convbias_lint.analysis.values import Atom, Const, Value

_ATOMS = [("truth", (name,)) for name in "abc"]
_TREES = st.recursive(
    st.sampled_from((0, 1, None)),
    lambda inner: st.tuples(st.sampled_from(_ATOMS), inner, inner),
    max_leaves=12,
)
"""Nested conditions; None is a path that cannot be taken."""


def value_of(state: State, tree: Any, way: str) -> Value:
    if isinstance(tree, tuple):
        atom, yes, no = tree
        result: Value = getattr(state, way)(
            atom, lambda: value_of(state, yes, way), lambda: value_of(state, no, way)
        )
        return result
    if tree is None:
        raise Dead
    return Const(tree)


@given(_TREES)
def test_looking_at_both_sides_shows_what_running_them_does(tree: Any) -> None:
    outcomes: list[tuple[Optional[Value], dict[Atom, bool]]] = []
    for way in ("branch", "weigh"):
        state = State()
        try:
            outcomes.append((value_of(state, tree, way), dict(state.assumed)))
        except Dead:
            outcomes.append((None, dict(state.assumed)))
    (one, assumed), (other, assumed_too) = outcomes
    assert same(one, other)
    assert assumed == assumed_too


@pytest.mark.parametrize(
    ("built", "bound"),
    [
        ([], MAX_IDLE),
        ([(True, False)], MAX_HALF),
        ([(False, True), (False, False)], MAX_HALF),
        ([(False, True), (True, False)], MAX_WORK),
    ],
    ids=["nothing", "a bias", "a norm", "both"],
)
def test_the_bound_grows_with_what_was_built(built: list[tuple[bool, bool]], bound: int) -> None:
    state = State()
    for biased, norm in built:
        state.allow(biased=biased, norm=norm)
    state.spend(bound)
    with pytest.raises(GaveUp):
        state.spend(1)
