"""What is assumed on a path, and how far a run may go."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from hypothesis import given, strategies as st

from convbias_lint.analysis.bounds import MAX_HALF, MAX_IDLE, MAX_UNSEEN, MAX_WORK, GaveUp, TooLong
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


_BIAS, _NORM = (True, False), (False, True)


@pytest.mark.parametrize(
    ("built", "awaited", "bound"),
    [
        ([], (True, True), MAX_IDLE),
        ([_BIAS], (False, True), MAX_HALF),
        ([_BIAS], (True, False), MAX_UNSEEN),
        ([_NORM, (False, False)], (True, False), MAX_HALF),
        ([_NORM], (False, True), MAX_UNSEEN),
        ([(False, False)], (True, True), MAX_HALF),
        ([_NORM, _BIAS], (False, False), MAX_WORK),
    ],
    ids=["nothing", "a bias", "only a bias", "a norm", "only a norm", "neither yet", "both"],
)
def test_the_bound_grows_with_what_was_built_and_is_to_come(
    built: list[tuple[bool, bool]], awaited: tuple[bool, bool], bound: int
) -> None:
    state = State()
    state.awaited = lambda: awaited
    for biased, norm in built:
        state.allow(biased=biased, norm=norm)
    for _ in range(bound):
        state.spend(1)
    with pytest.raises(GaveUp):
        state.spend(1)


def test_what_is_to_come_is_asked_only_once_it_matters() -> None:
    state = State()
    state.awaited = lambda: pytest.fail("asked too early")
    state.allow(*_NORM)
    state.spend(MAX_UNSEEN)
    state.allow(*_BIAS)
    state.spend(MAX_HALF)


def test_a_call_that_builds_layers_is_no_longer_held_to_its_own_bound() -> None:
    state = State()
    state.allow(*_NORM)
    with pytest.raises(TooLong):
        state.limited(10, lambda: state.spend(11))

    def building() -> None:
        state.allow(*_BIAS)
        state.spend(11)

    state.limited(10, lambda: state.limited(5, building))
    with pytest.raises(TooLong):
        state.limited(10, lambda: state.spend(11))
