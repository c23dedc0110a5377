"""Whether brackets nest too deeply is told at a glance, and never wrongly."""

from __future__ import annotations

import random
from itertools import accumulate

import pytest

from convbias_lint import examine


def _depth(text: str) -> int:
    depths = [0, *accumulate(1 if sign in "([{" else -1 for sign in text if sign in "()[]{}")]
    return max(depths) - min(depths)


@pytest.mark.parametrize("seed", range(50))
def test_what_passes_for_shallow_is(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine, "MAX_NESTING", 7)
    chance = random.Random(seed)
    shallow = 0
    for _ in range(200):
        text = "".join(chance.choices("()[]{}x\u00e9", k=chance.randrange(24)))
        if chance.random() < 0.5:
            text = "".join(f"({text[:8]})" for _ in range(chance.randrange(3)))
        if examine._is_shallow(text):
            shallow += 1
            assert _depth(text) <= 7, text
    assert shallow > 20


def test_pairs_one_after_the_other_are_shallow_and_pairs_inside_each_other_are_not() -> None:
    assert examine._is_shallow("f(a[0], {1: (2)}); " * 5000)
    assert not examine._is_shallow("(" * 201 + ")" * 201)
    assert not examine._is_shallow("[(" * 101 + ")]" * 101)
