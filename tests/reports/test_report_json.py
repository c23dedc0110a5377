"""JSON in Ruff's shape: every key that Ruff writes is there, with values of the same kind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import report_models as models
import report_tools as tools

from convbias_lint.finding import Edit, Position
from convbias_lint.fixes import apply_edits
from convbias_lint.reports import render


def items(folder: Path, files: dict[str, str], **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render("json", models.check(folder, files, **options)))
    return found


def test_a_finding_says_all_that_is_known(tmp_path: Path) -> None:
    _, second = items(tmp_path, {"m.py": models.SEQUENTIAL})
    path = str(tmp_path / "m.py")
    assert second == {
        "cell": None,
        "code": "CB104",
        "end_location": {"row": 12, "column": 6},
        "filename": path,
        "fix": {
            "applicability": "safe",
            "edits": [
                {
                    "content": "False",
                    "location": {"row": 11, "column": 14},
                    "end_location": {"row": 11, "column": 18},
                }
            ],
            "message": "Set `bias=False`",
        },
        "location": {"row": 7, "column": 5},
        "message": "`Conv2d` bias is redundant: `BatchNorm2d` behind `MaxPool2d` subtracts it again",
        "noqa_row": second["noqa_row"],
        "url": "https://convbias-lint.github.io/convbias-lint/rules/bias-before-distant-norm/",
        "name": "bias-before-distant-norm",
        "related": [
            {
                "cell": None,
                "filename": path,
                "message": "passes `MaxPool2d`",
                "location": {"row": 13, "column": 5},
                "end_location": {"row": 13, "column": 20},
            },
            {
                "cell": None,
                "filename": path,
                "message": "`BatchNorm2d` subtracts the mean",
                "location": {"row": 14, "column": 5},
                "end_location": {"row": 14, "column": 24},
            },
        ],
        "condition": None,
        "parameters": 128,
    }


def test_a_condition_is_given(tmp_path: Path) -> None:
    (one,) = items(tmp_path, {"m.py": models.OPTION})
    assert (one["code"], one["condition"], one["parameters"]) == ("CB105", "batch_norm", None)


def test_the_edits_make_the_fix(tmp_path: Path) -> None:
    edits = [
        Edit(Position(**edit["location"]), Position(**edit["end_location"]), edit["content"])
        for item in items(tmp_path, {"m.py": models.WIDE})
        for edit in item["fix"]["edits"]
    ]
    assert apply_edits(models.WIDE, edits) == models.WIDE.replace("bias=True", "bias=False")


def test_files_that_cannot_be_read_have_an_item_without_a_code(tmp_path: Path) -> None:
    (one,) = items(tmp_path, {"n.ipynb": "{"})
    assert (one["code"], one["name"], one["location"]) == (None, "unreadable-file", {"row": 1, "column": 1})
    assert one["message"].startswith("broken notebook")


def test_nothing_found_is_an_empty_array(tmp_path: Path) -> None:
    assert items(tmp_path, {"m.py": models.CLEAN}) == []


def test_suppressed_findings_say_so_where_they_are_shown(tmp_path: Path) -> None:
    shown = items(tmp_path, {"m.py": models.SILENCED}, show_suppressed=True)
    assert [(item["location"]["row"], item["suppressed"]) for item in shown] == [(4, True), (7, False)]
    (one,) = items(tmp_path, {"m.py": models.SILENCED})
    assert "suppressed" not in one


def test_json_lines_are_the_same_items(tmp_path: Path) -> None:
    report = models.everything(tmp_path, show_suppressed=True)
    lines = render("json-lines", report).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render("json", report))


def test_statistics_as_json(tmp_path: Path) -> None:
    rows = items(tmp_path, {"m.py": models.SEQUENTIAL}, statistics=True)
    assert rows[0] == {
        "code": "CB101",
        "name": "conv-bias-before-batch-norm",
        "count": 1,
        "fixable": True,
        "fixable_count": 1,
        "parameters": 64,
    }


def test_the_shape_is_that_of_ruff(tmp_path: Path) -> None:
    """Run Ruff itself on a file with a fixable finding, and compare key by key."""
    beside = os.path.join(os.path.dirname(sys.executable), "ruff")
    ruff = beside if os.path.exists(beside) else shutil.which("ruff")
    if ruff is None:
        tools.missing("Ruff is not installed")
    (tmp_path / "unused.py").write_text("import os\n")
    command = [str(ruff), "check", "--isolated", "--no-cache", "--output-format", "json", "unused.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    (theirs,) = json.loads(done.stdout)
    ours = items(tmp_path, {"m.py": models.ONE_ROW})[0]
    _same_shape(theirs, ours, "item")


def _same_shape(theirs: object, ours: object, where: str) -> None:
    assert type(theirs) is type(ours), where
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key, value in theirs.items():
            if key == "severity" and key not in ours:  # Ruff's newest releases only
                continue
            _same_shape(value, ours[key], f"{where}.{key}")
    elif isinstance(theirs, list) and isinstance(ours, list):
        _same_shape(theirs[0], ours[0], f"{where}[0]")


@pytest.mark.parametrize("format_", ["json", "json-lines"])
def test_the_output_is_ascii(format_: str, tmp_path: Path) -> None:
    """So that no encoding of a terminal or a pipe can break it."""
    assert render(format_, models.hostile(tmp_path)).isascii()
