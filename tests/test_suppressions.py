"""Comments that silence findings, those that silence nothing, and writing new ones."""

from __future__ import annotations

import pytest

from convbias_lint.config import Settings
from convbias_lint.examine import silence
from convbias_lint.finding import Finding, Position
from convbias_lint.fixes import apply_edits
from convbias_lint.linter import lint_bytes
from convbias_lint.suppressions import Suppressions

NAMES = {"CB101": "conv-bias-before-batch-norm", "CB102": "linear-bias-before-batch-norm"}


def finding(row: int, code: str = "CB101", last_row: int = 0) -> Finding:
    return Finding(code, NAMES[code], "message", "m.py", Position(row, 5), Position(last_row or row, 9), row)


def silenced(text: str, *findings: Finding) -> list[bool]:
    kept, _ = Suppressions(text).split(findings)
    return [one not in kept for one in findings]


def unused(text: str, *findings: Finding) -> list[Finding]:
    suppressions = Suppressions(text)
    suppressions.split(findings)
    return suppressions.unused("m.py", lambda code: True)


def cleaned(text: str, *findings: Finding) -> str:
    """``text`` with the fixes of all its unused suppressions."""
    edits = [edit for one in unused(text, *findings) if one.fix is not None for edit in one.fix.edits]
    return apply_edits(text, edits)


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "#noqa",
        "# NOQA",
        "# noqa: CB101",
        "# noqa:CB101",
        "# noqa : cb101",
        "# noqa: E501, CB101",
        "# noqa: E501 CB101",
        "# noqa: CB101, E501 kept for old checkpoints",
        "# noqa: CB1",
        "# a comment  # noqa: CB101",
        "# noqa: CB101  # another",
        "# noqa: kept for old checkpoints",
        "# convbias-lint: ignore",
        "# convbias-lint: ignore[CB101]",
        "#convbias-lint:ignore[ CB102 , CB101 ] why",
        "# convbias-lint: ignore[conv-bias-before-batch-norm]",
        "# convbias-lint: noqa: CB101",
        "# type: ignore  # convbias-lint: ignore[CB101]",
    ],
)
def test_silences_its_row(comment: str) -> None:
    text = f"a\nx = conv(1)  {comment}\nb\n"
    assert silenced(text, finding(1), finding(2), finding(3)) == [False, True, False]


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: CB102",
        "# noqa: E501",
        "# noqa: CB1010",
        "# noqa-me",
        "# nonoqa",
        "# noqaCB101",
        "# pylint: disable=all",
        "# ruff: noqa",
        "# ruff: noqa: CB101",
        "# flake8: noqa",
        "# convbias-lint: ignore[CB102]",
        "# convbias-lint: ignore[]",
        "# convbias-lint: ignroe[CB101]",
    ],
)
def test_does_not_silence(comment: str) -> None:
    assert silenced(f"x = conv(1)  {comment}\n", finding(1)) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "x = conv('# noqa')\n",
        "x = conv('''\n# noqa''')\n",
        "x = conv(f'{a}# noqa')\n",
        "x = conv(f'''{a:# noqa}''')\n",
        "'''  # noqa\n'''; conv(1)\n",
    ],
)
def test_strings_silence_nothing(text: str) -> None:
    assert silenced(text, finding(1)) == [False]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("x = conv(1), '''\n'''  # noqa: CB101\n", 1),
        ("x = \\\n  conv(1) + \\\n  2  # noqa: CB101\n", 2),
        ("x = conv(1) + '\\\n'  # noqa: CB101\n", 1),
    ],
    ids=["a string over rows", "escaped line ends", "a string with an escaped line end"],
)
def test_rows_that_cannot_hold_a_comment_have_it_where_they_end(text: str, row: int) -> None:
    one = finding(row)
    assert silenced(text, one) == [True]
    placed = Suppressions(text).placed(one)
    assert placed.noqa_row == text.count("\n")


def test_a_call_over_rows_is_silenced_where_it_begins_or_ends_and_not_inside() -> None:
    call = finding(1, last_row=3)
    assert silenced("conv(  # noqa: CB101\n    1,\n)\n", call) == [True]
    assert silenced("conv(\n    1,  # noqa\n)\n", call) == [False]
    assert silenced("conv(\n    1,\n)  # noqa: CB101\n", call) == [True]


def test_alone_on_its_row_our_own_comment_speaks_of_the_code_below() -> None:
    text = "# convbias-lint: ignore[CB101]\n# more\n\nx = conv(1)\ny = conv(1)\n"
    assert silenced(text, finding(4), finding(5)) == [True, False]


def test_alone_on_its_row_noqa_silences_nothing() -> None:
    assert silenced("# noqa: CB101\nx = conv(1)\n", finding(2)) == [False]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# convbias-lint: ignore-file", [True, True]),
        ("# convbias-lint: ignore-file[CB101]", [True, False]),
        ("# convbias-lint: ignore-file[CB101, CB102] generated", [True, True]),
        ("# convbias-lint: noqa", [True, True]),
        ("# convbias-lint: noqa: CB102", [False, True]),
        ("# flake8: noqa", [True, True]),
        ("# flake8: NOQA : CB101", [True, False]),
        ("    # flake8: noqa", [True, True]),
        ("# ruff: noqa", [False, False]),
        ("x = 1  # flake8: noqa", [False, False]),
        ("x = 1  # convbias-lint: noqa", [False, False]),
        ("x = 1  # convbias-lint: ignore-file[CB102]", [False, True]),
    ],
)
def test_the_whole_file(comment: str, expected: list[bool]) -> None:
    text = f"conv(1)\nconv(2)\n{comment}\n"
    assert silenced(text, finding(1), finding(2, "CB102")) == expected


def test_syntax_errors_are_silenced_for_the_file_only() -> None:
    error = Finding("CB900", "syntax-error", "message", "m.py", Position(1, 1), Position(1, 1), 1)
    assert silenced("x = (  # noqa: CB900\n", error) == [False]
    assert silenced("# convbias-lint: ignore-file[CB900]\nx = (\n", error) == [True]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # noqa: CB101\n", "x = 1\n"),
        ("x = 1\t# noqa: CB101", "x = 1"),
        ("x = 1  # noqa: CB101 kept for old checkpoints\n", "x = 1\n"),
        ("x = 1  # noqa: CB101, E501\n", "x = 1  # noqa: E501\n"),
        ("x = 1  # noqa: E501,CB101,F401 why\n", "x = 1  # noqa: E501,F401 why\n"),
        ("x = 1  # noqa: E501 CB101 why\n", "x = 1  # noqa: E501 why\n"),
        ("x = 1  # mine  # noqa: CB101\n", "x = 1  # mine\n"),
        ("x = 1  # noqa: CB101  # mine\n", "x = 1  # mine\n"),
        ("x = 1  # a  # noqa: CB101  # b\n", "x = 1  # a  # b\n"),
        ("a\n# noqa: CB101\nb\n", "a\nb\n"),
        ("a\n    # convbias-lint: ignore[CB101]\n    b\n", "a\n    b\n"),
        ("# convbias-lint: ignore-file[CB101]\nb\n", "b\n"),
        ("a\n# noqa: CB101", "a"),
        ("# noqa: CB101", ""),
        ("x = 1  # convbias-lint: ignore\n", "x = 1\n"),
        ("x = 1  # convbias-lint: ignore[CB101, CB102]\n", "x = 1\n"),
        ("x = 1  # convbias-lint: ignore[unknown]\n", "x = 1\n"),
        ("x = 1  # noqa: CB101\ny = 2  # noqa: CB102\n", "x = 1\ny = 2\n"),
    ],
)
def test_unused_suppressions_go(before: str, after: str) -> None:
    assert cleaned(before) == after
    assert unused(after) == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # noqa\n",
        "x = 1  # noqa: E501\n",
        "x = 1  # noqa: CBX1, CB99999\n",
        "x = 1  # noqa: CB101, CB901\n",
        "# convbias-lint: ignore[CB901]\nx = 1  # noqa: CB901\n",
        "# flake8: noqa\nx = 1  # noqa: CB101\n",
        "x = '# noqa: CB101'\n",
        "x = 1  # ruff: noqa: CB101\n",
    ],
)
def test_these_are_not_reported_as_unused(text: str) -> None:
    assert unused(text) == []


def test_only_the_idle_codes_of_a_comment_go() -> None:
    text = "x = conv(1)  # noqa: CB102, CB101 why\n"
    assert cleaned(text, finding(1)) == "x = conv(1)  # noqa: CB101 why\n"
    assert unused(text, finding(1), finding(1, "CB102")) == []


def test_codes_of_rules_that_are_off_are_not_reported_as_unused() -> None:
    suppressions = Suppressions("x = 1  # noqa: CB101, CB102\n")
    messages = [one.message for one in suppressions.unused("m.py", lambda code: code == "CB102")]
    assert messages == ["Unused suppression: `CB102` (there is nothing to silence)"]


def test_an_unused_suppression_has_its_place() -> None:
    (one,) = unused("a\nx = 1  # mine  # noqa: CB101 why\n")
    assert (one.code, one.start, one.end) == ("CB901", Position(2, 16), Position(2, 33))


def test_what_is_not_understood_is_said() -> None:
    messages = [one.message for one in unused("x = 1  # convbias-lint: ignroe[CB101]\n")]
    assert messages == [
        (
            "Suppression not understood: `ignroe` is no suppression; "
            "write `ignore[CB101]` or `ignore-file[CB101]`"
        )
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = conv(1)\n", "x = conv(1)  # noqa: CB101 later\n"),
        ("x = conv(1)", "x = conv(1)  # noqa: CB101 later"),
        ("x = conv(1) \t\n", "x = conv(1)  # noqa: CB101 later\n"),
        ("x = conv(1)  # mine\n", "x = conv(1)  # mine  # noqa: CB101 later\n"),
        ("x = conv(1)  # noqa: E501 long\n", "x = conv(1)  # noqa: E501, CB101 long\n"),
        (
            "x = conv(1)  # convbias-lint: ignore[CB102]\n",
            "x = conv(1)  # convbias-lint: ignore[CB102, CB101]\n",
        ),
        ("x = conv(1), '''\n'''\n", "x = conv(1), '''\n'''  # noqa: CB101 later\n"),
        ("x = conv(1), \\\n 2\n", "x = conv(1), \\\n 2  # noqa: CB101 later\n"),
    ],
)
def test_adding_noqa(before: str, after: str) -> None:
    assert apply_edits(before, Suppressions(before).additions([finding(1)], "later")) == after
    assert silenced(after, finding(1)) == [True]


def test_adding_noqa_for_several_findings_of_a_row() -> None:
    text = "x = conv(1)\n"
    edits = Suppressions(text).additions([finding(1, "CB102"), finding(1), finding(1)])
    assert apply_edits(text, edits) == "x = conv(1)  # noqa: CB101, CB102\n"


MODEL = "import torch.nn as nn\r\nm = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\r\n"


def test_silencing_a_file_ends_its_findings_and_nothing_else_changes() -> None:
    data, count = silence(MODEL.encode(), "m.py", Settings(), "keeps\nold checkpoints")
    assert data.decode() == MODEL.replace("(2))", "(2))  # noqa: CB101 keeps old checkpoints")
    assert count == 1
    after = lint_bytes(data, "m.py", Settings())
    assert after.findings == ()
    assert [one.code for one in after.suppressed] == ["CB101"]
    assert silence(data, "m.py", Settings()) == (data, 0)


def test_suppressions_can_be_ignored() -> None:
    data = MODEL.replace("(2))", "(2))  # noqa").encode()
    result = lint_bytes(data, "m.py", Settings(), ignore_noqa=True)
    assert [one.code for one in result.findings] == ["CB101"]
    assert result.suppressed == ()


def test_unused_suppressions_are_found_and_fixed_in_files_without_layers() -> None:
    result = lint_bytes(b"x = 1  # noqa: CB101\r\n", "m.py", Settings(), fix="safe")
    assert [one.code for one in result.fixed] == ["CB901"]
    assert result.new_data == b"x = 1\r\n"


def test_suppressed_findings_are_not_fixed() -> None:
    data = MODEL.replace("(2))", "(2))  # noqa: CB101").encode()
    assert lint_bytes(data, "m.py", Settings(), fix="unsafe").new_data is None
