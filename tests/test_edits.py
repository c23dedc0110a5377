"""Conditions joined to the text that a bias argument has."""

from __future__ import annotations

import pytest

from convbias_lint.analysis.edits import both


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("bias", "not norm", "bias and not norm"),
        ("a or b", "not norm", "(a or b) and not norm"),
        ("(a or b)", "not norm", "(a or b) and not norm"),
        ("(a) or (b)", "not norm", "((a) or (b)) and not norm"),
        ("bias", "x if y else z", "bias and (x if y else z)"),
        ("a and b", "c", "a and b and c"),
        ('f"{"a"}" or b', "c", '(f"{"a"}" or b) and c'),  # newer than Python 3.11
    ],
)
def test_both(left: str, right: str, joined: str) -> None:
    assert both(left, right) == joined
