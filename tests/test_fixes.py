"""Which fixes go together, and rounds of fixing until a file rests."""

from __future__ import annotations

import time

import pytest

from convbias_lint.config import Settings
from convbias_lint.diffs import unified_diff
from convbias_lint.finding import Applicability, Edit, Finding, Fix, Position
from convbias_lint.fixes import applicable, apply_edits, compatible, merged_edits
from convbias_lint.linter import lint_bytes

MODEL = """\
import torch.nn as nn

net = nn.Sequential(
    nn.Conv2d(3, 8, 3),
    nn.BatchNorm2d(8),
    nn.Conv2d(
        8,
        8,
        3,
    ),
    nn.BatchNorm2d(8),
)
"""


def finding(*edits: tuple[int, int, str], code: str = "CB101", applicability: str = "safe") -> Finding:
    """A finding on row 1 that replaces the columns of each edit."""
    made = tuple(Edit(Position(1, start), Position(1, end), content) for start, end, content in edits)
    start = made[0].start if made else Position(1, 1)
    fix = Fix("fix", made, Applicability(applicability))
    return Finding(code, "name", "message", "m.py", start, start, 1, fix)


def test_edits_apply_from_any_order() -> None:
    edits = [edit for one in (finding((5, 6, "E")), finding((1, 1, "<"))) for edit in one.fix.edits]  # type: ignore[union-attr]
    assert apply_edits("abcdef", edits) == "<abcdEf"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((1, 4, "x"), (3, 5, "y")),
        ((1, 4, "x"), (1, 2, "y")),
        ((2, 2, "x"), (2, 2, "y")),
        ((1, 4, "x"), (2, 2, "y")),
    ],
    ids=["overlap", "same start", "inserted at one place", "inserted into the replaced"],
)
def test_fixes_that_touch_wait_for_the_next_round(
    first: tuple[int, int, str], second: tuple[int, int, str]
) -> None:
    assert compatible([finding(first), finding(second)]) in ([finding(first)], [finding(second)])


def test_neighbours_go_together() -> None:
    both = [finding((1, 4, "x")), finding((4, 4, "y")), finding((4, 6, "z"))]
    assert compatible(both[:2]) == both[:2]
    assert len(compatible(both)) == 2


def test_thousands_of_fixes_are_chosen_in_no_time() -> None:
    many = [finding((column, column, "x")) for column in range(1, 20_001)]
    start = time.process_time()
    assert compatible(many * 2) == sorted(many * 2, key=lambda one: one.sort_key)
    assert time.process_time() - start < 5


def test_one_change_can_settle_several_findings() -> None:
    both = [finding((1, 2, "x"), (4, 5, "y")), finding((4, 5, "y"), code="CB104")]
    assert compatible(both) == both
    assert apply_edits("abcdef", merged_edits(both)) == "xbcyef"


@pytest.mark.parametrize(
    ("applicability", "safe", "unsafe"),
    [("safe", True, True), ("unsafe", False, True), ("display", False, False)],
)
def test_how_far_fixes_are_applied(applicability: str, safe: bool, unsafe: bool) -> None:
    one = finding((1, 2, "x"), applicability=applicability)
    assert applicable(one, unsafe=False) is safe
    assert applicable(one, unsafe=True) is unsafe


def test_a_finding_without_edits_is_not_fixed() -> None:
    assert not applicable(finding(), unsafe=True)


def test_fixing_makes_the_whole_file_and_says_what_it_settled() -> None:
    result = lint_bytes(MODEL.encode(), "m.py", Settings(), fix="safe")
    assert result.new_data is not None
    assert result.new_data.decode() == MODEL.replace("8, 3)", "8, 3, bias=False)").replace(
        "        3,\n", "        3,\n        bias=False,\n"
    )
    assert [(one.code, one.start.row) for one in result.fixed] == [("CB101", 4), ("CB101", 6)]
    assert result.findings == ()


def test_fixing_again_changes_nothing() -> None:
    fixed = lint_bytes(MODEL.encode(), "m.py", Settings(), fix="unsafe").new_data
    assert fixed is not None
    again = lint_bytes(fixed, "m.py", Settings(), fix="unsafe")
    assert (again.new_data, again.fixed, again.findings) == (None, (), ())


def test_without_fix_nothing_is_written() -> None:
    result = lint_bytes(MODEL.encode(), "m.py", Settings())
    assert result.new_data is None
    assert [one.start.row for one in result.findings] == [4, 6]


def test_a_fix_that_the_encoding_cannot_hold_is_given_up_and_said() -> None:
    # Written back, the escapes of this stateful encoding would come out otherwise.
    data = b'# coding: iso2022_jp\n# \x1b$B$"\x1b(B\x1b$B$"\x1b(B\n' + MODEL.encode()
    result = lint_bytes(data, "m.py", Settings(), fix="safe")
    assert result.new_data is None
    assert result.fixed == ()
    assert [one.fix.applicability for one in result.findings if one.fix] == [Applicability.DISPLAY] * 2
    assert all(
        "(not applied: cannot be written back" in one.fix.message for one in result.findings if one.fix
    )


def test_diff_of_a_module() -> None:
    before = b"a\r\n\fb\nc"
    after = b"a\r\n\fB\nc"
    assert unified_diff(before, after, "m.py") == (
        "--- m.py\n+++ m.py\n@@ -1,3 +1,3 @@\n a\n-\fb\n+\fB\n c\n\\ No newline at end of file\n"
    )


def test_no_diff_where_nothing_changed() -> None:
    assert unified_diff(b"a\n", b"a\n", "m.py") == ""


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("bias", "last", "bias and last"),
        ("first or last", "last", "(first or last) and last"),
        ("(first or last)", "last", "(first or last) and last"),
        ("first and last", "not norm", "first and last and not norm"),
        ("1 if first else 0", "a or b", "(1 if first else 0) and (a or b)"),
        ("first\n or last", "last", "(first\n or last) and last"),
        ("norm is None", "x := 1", "norm is None and (x := 1)"),
    ],
)
def test_two_conditions_stay_two(left: str, right: str, joined: str) -> None:
    """`or` written before ``and`` without parentheses would mean something else."""
    from convbias_lint.analysis.edits import both

    assert both(left, right) == joined
