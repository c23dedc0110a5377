"""Every case under ``tests/cases`` through every invariant; see `case_file` for what a case is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from case_file import Case, all_cases, marks_of, read, rewritten

from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes
from convbias_lint.result import FileResult

ALL_RULES = Settings(select=("ALL",))
REDUNDANT_BIAS = ("CB101", "CB102", "CB103", "CB104", "CB105")

pytestmark = pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)


def lint(path: Path, text: str | None = None, *, fix: bool = False) -> FileResult:
    """Lint the file at ``path``, or ``text`` in its place."""
    data = path.read_bytes() if text is None else text.encode("utf-8")
    result = lint_bytes(data, str(path), ALL_RULES, fix="unsafe" if fix else "off")
    assert result.error is None
    return result


def fixed_text(path: Path, text: str | None = None) -> str:
    result = lint(path, text, fix=True)
    if result.new_data is None:
        return path.read_bytes().decode("utf-8") if text is None else text
    return result.new_data.decode("utf-8")


def test_finds_what_is_expected_and_nothing_else(
    case: Case, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    paths = case.written_to(tmp_path)
    found = {name: lint(path).findings for name, path in paths.items()}
    if request.config.getoption("--update-cases"):
        for name, file in case.files.items():
            file.path.write_bytes(rewritten(file, marks=marks_of(found[name])).encode("utf-8"))
        return
    for name, file in case.files.items():
        if case.gap:
            assert set(marks_of(found[name])) <= set(file.marks)
        else:
            assert marks_of(found[name]) == file.marks, f"rows count from row {file.first_row} of {file.path}"
    if case.gap:
        closed = all(marks_of(found[name]) == file.marks for name, file in case.files.items())
        assert not closed, "the gap is closed: take the header away"


def test_fixes_to_the_output_and_then_rests(
    case: Case, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    paths = case.written_to(tmp_path)
    outputs = {name: fixed_text(path) for name, path in paths.items()}
    if request.config.getoption("--update-cases"):
        for name, file in case.files.items():
            wrong = marks_of(lint(paths[name]).findings) != read(file.path).marks
            if wrong or fixed_text(paths[name], outputs[name]) != outputs[name]:
                continue  # what is found is wrong, and so is its fix
            file.path.write_bytes(rewritten(read(file.path), output=outputs[name]).encode("utf-8"))
        return
    for name, file in case.files.items():
        assert outputs[name] == file.output or case.gap
    paths = case.written_to(tmp_path, outputs)
    for name, path in paths.items():
        if _parses(case.files[name].code):
            assert _parses(outputs[name])
        assert fixed_text(path) == outputs[name], "fixing again must change nothing"


def _parses(text: str) -> bool:
    try:
        ast.parse(text.encode("utf-8"))
    except SyntaxError:
        return False
    return True


def test_newlines_make_no_difference(case: Case, tmp_path: Path) -> None:
    for name, path in case.written_to(tmp_path).items():
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        if text.endswith("\n") and _parses(text):
            assert marks_of(lint(path, text[:-1]).findings) == marks_of(lint(path, text).findings), name
            assert fixed_text(path, text[:-1]) == fixed_text(path, text)[:-1], name
        windows = text.replace("\n", "\r\n")
        assert marks_of(lint(path, windows).findings) == marks_of(lint(path, text).findings), name
        assert fixed_text(path, windows) == fixed_text(path, text).replace("\n", "\r\n"), name


def test_noqa_silences_its_line_and_no_other(case: Case, tmp_path: Path) -> None:
    for path in case.written_to(tmp_path).values():
        text = path.read_bytes().decode("utf-8")
        findings = [finding for finding in lint(path).findings if finding.code not in ("CB900", "CB901")]
        for row in sorted({finding.noqa_row for finding in findings}):
            rows = text.split("\n")
            line = rows[row - 1].rstrip("\r")
            if "noqa" in line:
                continue
            rows[row - 1] = f"{line}  # noqa{rows[row - 1][len(line) :]}"
            result = lint(path, "\n".join(rows))
            rest = [finding for finding in findings if finding.noqa_row != row]
            assert marks_of(result.findings) == marks_of(rest)
            assert len(result.suppressed) == len(findings) - len(rest)


@pytest.mark.usefixtures("needs_torch")
def test_the_fixed_model_computes_the_same(case: Case, tmp_path: Path) -> None:
    from case_model import assert_same_function, built

    paths = case.written_to(tmp_path / "before")
    outputs = {name: fixed_text(path) for name, path in paths.items()}
    case.written_to(tmp_path / "after", outputs)
    for name, run in case.runs:
        assert_same_function(built(tmp_path / "before", name, run), built(tmp_path / "after", name, run))


@pytest.mark.usefixtures("needs_torch")
def test_gradients_agree_with_every_marker_and_every_bias_left_alone(case: Case, tmp_path: Path) -> None:
    from case_model import built, contradictions, place_of, places_of, shake

    from convbias_lint.torch_tools import audit

    paths = case.written_to(tmp_path)
    findings = [finding for path in paths.values() for finding in lint(path).findings]
    findings = [finding for finding in findings if finding.code in REDUNDANT_BIAS]
    silent = {(str(paths[name]), row) for name, file in case.files.items() for row in file.silent}
    missed = {
        (str(paths[name]), row) for name, file in case.files.items() if case.gap for row, _ in file.marks
    }
    wrong: list[str] = []
    redundant: set[tuple[str, int, int]] = set()
    for name, run in case.runs:
        model, inputs = built(tmp_path, name, run)
        shake(model)  # a factor that is 1 for now would hide what it does
        report = audit(model, inputs)
        wrong += [f"{run}: {line}" for line in contradictions(report.layers, findings, silent | missed)]
        redundant.update(place for layer in report.redundant for place in places_of(layer))
    assert not wrong
    if case.runs:
        unproved = [finding for finding in findings if place_of(finding) not in redundant]
        assert not unproved, "no run shows that these biases are redundant"
        rows = {(filename, row) for filename, row, _ in redundant}
        assert silent <= rows, "a layer marked silent must be redundant in a run"
