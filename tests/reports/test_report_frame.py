"""Code frames: which rows are drawn, and where the marks and labels stand."""

from __future__ import annotations

import pytest

from convbias_lint.finding import Position
from convbias_lint.reports.escapes import width
from convbias_lint.reports.frame import WIDEST, Mark, frame
from convbias_lint.reports.style import Style

PLAIN = Style(False)


def mark(row: int, first: int, last: int, label: str = "", sign: str = "-", end_row: int = 0) -> Mark:
    return Mark(Position(row, first), Position(end_row or row, last), label, "red", sign)


def drawn(text: str, *marks: Mark) -> list[str]:
    return frame(text.split("\n"), marks, 2, PLAIN)


def test_rows_between_are_left_out_unless_there_is_only_one() -> None:
    text = "aa\nbb\ncc\ndd\nee\nff"
    assert drawn(text, mark(1, 1, 3), mark(3, 1, 3), mark(6, 1, 3)) == [
        " 1 | aa",
        "   | --",
        " 2 | bb",
        " 3 | cc",
        "   | --",
        "...",
        " 6 | ff",
        "   | --",
    ]


def test_labels_of_one_row_stand_below_each_other() -> None:
    assert drawn(
        "one two three", mark(1, 1, 4, "first"), mark(1, 5, 8, "second"), mark(1, 9, 14, "third")
    ) == [
        " 1 | one two three",
        "   | --- --- ----- third",
        "   | |   second",
        "   | first",
    ]


def test_an_inner_mark_is_seen() -> None:
    assert drawn("outer(inner)", mark(1, 1, 13, "outer", "-"), mark(1, 7, 12, "inner", "^")) == [
        " 1 | outer(inner)",
        "   | ------^^^^^-",
        "   | |     inner",
        "   | outer",
    ]


def test_a_mark_over_several_rows_is_drawn_to_the_end_of_its_first() -> None:
    assert drawn("call(\n    1,\n)", mark(1, 1, 2, "here", "^", end_row=3)) == [
        " 1 | call(",
        "   | ^^^^^ here",
    ]


def test_a_mark_without_width_is_seen() -> None:
    assert drawn("ab", mark(1, 3, 3, "end", "^")) == [" 1 | ab", "   |   ^ end"]


@pytest.mark.parametrize("before", ["", "\t", "漢字", "e\u0301", "🙂", "\x0c", "\x1b", "\u202e", "\t漢\t"])
def test_marks_stand_below_their_text_whatever_comes_before(before: str) -> None:
    row, line = drawn(f"{before}here", mark(1, len(before) + 1, len(before) + 5))
    assert width(row[: row.index("here")]) == line.index("----")
    assert "\x1b" not in row
    assert "\u202e" not in row


@pytest.mark.parametrize("at", [0, 30, 500, 99_000, 99_995])
def test_of_a_long_row_the_part_around_the_mark_is_shown(at: int) -> None:
    text = "x" * at + "HERE" + "x" * (100_000 - at)
    row, line = drawn(text, mark(1, at + 1, at + 5, "label"))
    assert len(row) <= WIDEST + 10
    assert row.index("HERE") == line.index("----")
    assert line.endswith("---- label")


def test_a_long_mark_ends_with_its_row() -> None:
    row, line = drawn("(" + "x" * 10_000, mark(1, 1, 10_001, "label"))
    assert len(row) <= WIDEST + 10
    assert line.startswith("   | ---")
    assert len(line) <= WIDEST + 20


def test_rows_that_are_not_there_are_not_drawn() -> None:
    assert drawn("one", mark(7, 1, 2)) == []
