"""``convbias-lint audit`` as people call it: targets, inputs, the table, every format, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from convbias_lint.reports import FORMATS

HERE = Path(__file__).parent
FILE = HERE / "audit_models.py"
SHAPES = ["--input", "4x3x8x8", "--input", "4x6:int64:50"]


def row_of(text: str) -> int:
    return FILE.read_text().splitlines().index(text) + 1


def test_the_table_and_its_totals(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    status, out, _ = cli("audit", f"{FILE}:TwoWays", *SHAPES, "--all")
    assert status == 1
    mix = row_of("        self.mix = nn.Linear(8, 8, bias=bias)")
    stem = row_of("        nn.Conv2d(before, after, 3),")
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert rows[0] == "BIAS OF LAYER SHAPE PARAMETERS VERDICT WHY BUILT AT"
    assert rows[1] == f"mix Linear(8, 8) 8 8 redundant BatchNorm1d norm audit_models.py:{mix}"
    assert rows[2] == f"stem.0 Conv2d(3, 8, 3x3) 8 8 redundant BatchNorm2d stem.1 audit_models.py:{stem}"
    assert "undecided not reached: this input never uses the layer" in rows[3]
    assert rows[4].startswith("head Linear(16, 4) 4 4 needed audit_models.py:")
    assert "undecided dead branch: no gradient comes back from any output" in rows[5]
    assert "5 layers: 2 redundant, 1 needed, 2 undecided." in out
    assert "16 of 876 parameters (1.826%) do nothing" in out
    assert "64 B of weights, 64 B of gradients, 128 B of Adam state." in out


@pytest.mark.parametrize(
    "target",
    [f"{FILE}:TwoWays", f"{FILE}:make", f"{FILE}:instance", "audit_models:TwoWays", "audit_models:instance"],
)
@pytest.mark.parametrize(
    "given",
    [
        SHAPES,
        [*SHAPES, "--input", "mask=4x6:bool"],
        ["--inputs", f"{FILE}:pair"],
        ["--inputs", "audit_models:inputs"],
    ],
    ids=["shapes", "keyword", "tuple", "dict"],
)
def test_targets_and_inputs(target: str, given: list[str], cli: Any) -> None:
    status, out, _ = cli("audit", target, *given, "--output-format", "json")
    assert status == 1
    assert [finding["code"] for finding in json.loads(out)] == ["CB101", "CB102"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # what torch imports for torch.compile
@pytest.mark.parametrize("wrapper", ["wrapped", "compiled"])
def test_wrapped_models_are_audited_as_their_code_names_them(wrapper: str, cli: Any, tmp_path: Path) -> None:
    report = tmp_path / "audit.json"
    assert cli("audit", f"{FILE}:{wrapper}", *SHAPES, "--report", report)[0] == 1
    paths = [layer["path"] for layer in json.loads(report.read_text())["layers"]]
    assert paths == ["mix", "stem.0", "unused", "head", "dead"]


def test_a_clean_model_has_status_0(cli: Any) -> None:
    status, out, _ = cli("audit", f"{FILE}:make", "--kwargs", '{"bias": false}', *SHAPES, "--all")
    assert status == 0
    assert "5 layers: 1 needed, 2 absent, 2 undecided." in out
    status, out, _ = cli(
        "audit", f"{FILE}:make", "--kwargs", '{"bias": false}', *SHAPES, "--output-format", "json"
    )
    assert (status, json.loads(out)) == (0, [])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_check(name: str, cli: Any) -> None:
    status, out, _ = cli("audit", f"{FILE}:TwoWays", *SHAPES, "--output-format", name)
    assert status == 1
    assert "CB101" in out


def test_sarif_points_at_the_source(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    _, out, _ = cli("audit", f"{FILE}:TwoWays", *SHAPES, "--output-format", "sarif")
    results = json.loads(out)["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert [place["artifactLocation"]["uri"] for place in places] == ["audit_models.py"] * 2
    assert [place["region"]["startLine"] for place in places] == [
        row_of("        nn.Conv2d(before, after, 3),"),
        row_of("        self.mix = nn.Linear(8, 8, bias=bias)"),
    ]


def test_report_and_time(tmp_path: Path, cli: Any) -> None:
    report = tmp_path / "audit.json"
    more = ["--report", report, "--time", "--repeat", "4", "--clock", "cpu"]
    status, out, _ = cli("audit", f"{FILE}:TwoWays", *SHAPES, *more)
    assert status == 1
    assert "Training step on cpu, median of 4 paired runs: " in out
    data = json.loads(report.read_text())
    verdicts = {layer["path"]: layer["verdict"] for layer in data["layers"]}
    assert verdicts == {
        "mix": "redundant",
        "stem.0": "redundant",
        "unused": "undecided",
        "head": "needed",
        "dead": "undecided",
    }
    assert {birth["filename"] for layer in data["layers"] for birth in layer["built_at"]} == {str(FILE)}
    timing = data["timing"]
    assert timing["pairs"] == 4
    assert 0 < timing["without_biases"] < 10
    assert timing["low"] <= timing["saved"] <= timing["high"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([f"{FILE}:Nope", *SHAPES], "has no 'Nope' (it has TwoWays)"),
        (["no_such_module:X", *SHAPES], "cannot be imported: ModuleNotFoundError"),
        (["no_such_file.py:X", *SHAPES], "no_such_file.py does not exist"),
        ([str(FILE), *SHAPES], f"names no object: write {FILE}:Class or package.module:callable"),
        ([str(HERE), *SHAPES], "names no object"),
        ([f"{FILE}:torch", *SHAPES], "neither a model nor what builds one"),
        ([f"{FILE}:pair", *SHAPES], "returned tuple, not a torch.nn.Module"),
        ([f"{FILE}:leave", *SHAPES], "cannot be built: SystemExit: 3"),
        ([f"{FILE}:TwoWays"], "give --input SHAPE"),
        ([f"{FILE}:TwoWays", *SHAPES, "--inputs", f"{FILE}:pair"], "exclude each other"),
        ([f"{FILE}:TwoWays", "--inputs", f"{FILE}:leave"], "fails: SystemExit: 3"),
        ([f"{FILE}:TwoWays", "--input", "4x3x8x8"], "(give one input for each argument: "),
        ([f"{FILE}:TwoWays", "--input", "4x3x8x8:int7"], "no tensor can be made of it: "),
        ([f"{FILE}:TwoWays", *SHAPES, "--output-format", "xml"], "choose table or one of full"),
        ([f"{FILE}:TwoWays", *SHAPES, "--time", "--repeat", "0"], "--repeat must be at least 1"),
        ([f"{FILE}:TwoWays", *SHAPES, "--time", "--device", "nowhere"], "--device nowhere cannot be used"),
        ([f"{FILE}:TwoWays", *SHAPES, "--time", "--clock", "cpu", "--device", "cuda"], "use --clock wall"),
        ([f"{FILE}:frozen", *SHAPES, "--time"], "every parameter of the model is frozen"),
        ([f"{FILE}:half", *SHAPES, "--time"], "give the input the dtype of the model"),
        ([f"{FILE}:TwoWays", *SHAPES, "--report", "no/such/folder/a.json"], "cannot be written"),
    ],
)
def test_errors_are_one_line(arguments: list[str], reason: str, cli: Any) -> None:
    status, out, err = cli("audit", *arguments)
    assert (status, out) == (2, "")
    lines = [line for line in err.splitlines() if "chatter" not in line]
    assert len(lines) == 1
    assert lines[0].startswith("convbias-lint: error: ")
    assert reason in lines[0]


def test_the_real_command_keeps_chatter_out_of_its_output() -> None:
    command = [sys.executable, "-m", "convbias_lint", "audit", f"{FILE}:TwoWays", *SHAPES]
    done = subprocess.run(
        [*command, "--output-format", "concise"], capture_output=True, text=True, check=False, cwd=HERE
    )
    assert done.returncode == 1
    assert done.stderr == "chatter of the user's own code\n"
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines[:2]] == ["CB101", "CB102"]
    assert lines[2:] == ["Found 2 redundant biases in 1 file: 16 parameters."]
