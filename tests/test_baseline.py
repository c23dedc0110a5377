"""Findings known before: matched by what the code says, whatever moves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Optional

import pytest

from convbias_lint.baseline import Baseline, BaselineError, load
from convbias_lint.config import Settings
from convbias_lint.finding import Finding
from convbias_lint.linter import lint_bytes
from convbias_lint.source import open_source

MODEL = """\
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(8, 8, 3),
            nn.BatchNorm2d(8),
            nn.Conv2d(8, 8, 3),
            nn.BatchNorm2d(8),
        )

    def forward(self, x):
        return self.body(x)
"""


class Project:
    """Files in a folder and their findings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.files[str(path)] = text

    def findings(self) -> list[Finding]:
        results = [lint_bytes(text.encode(), name, Settings()) for name, text in self.files.items()]
        return [finding for result in results for finding in result.findings]

    def text_of(self, filename: str, cell: Optional[int]) -> str:
        return open_source(self.files[filename], filename).shown(cell)

    def baseline(self) -> Baseline:
        return Baseline(str(self.folder)).updated(self.findings(), self.text_of, self.files)

    def compare(self, baseline: Baseline) -> tuple[int, int, int]:
        """How many findings are new and known, and how many entries are stale."""
        new, known, stale = baseline.sort(self.findings(), self.text_of, self.files)
        return len(new), len(known), len(stale)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("pkg/net.py", MODEL)
    return project


def test_the_file_can_be_read_and_reviewed(project: Project) -> None:
    assert project.baseline().dump() == (
        '{\n  "version": 1,\n  "findings": [\n    {\n      "file": "pkg/net.py",\n'
        '      "code": "CB101",\n      "context": "Net.__init__",\n'
        '      "source": "nn.Conv2d(8, 8, 3)",\n      "count": 2\n    }\n  ]\n}\n'
    )


def test_written_and_read_it_is_the_same(project: Project) -> None:
    path = project.folder / "baseline.json"
    path.write_text(project.baseline().dump(), encoding="utf-8")
    assert load(str(path)).entries == project.baseline().entries
    assert project.compare(load(str(path))) == (0, 2, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import torch.nn as nn\n", "# more\n\n\nimport torch\nimport torch.nn as nn\n"),
        (
            "nn.Conv2d(8, 8, 3)",
            "nn.Conv2d(\n                8,\n                8,  # out\n                3,\n            )",
        ),
        ("nn.Conv2d(8, 8, 3)", "nn.Conv2d(8,  8,\t3)"),
        (
            "    def __init__(self):",
            "    def other(self):\n        def inner(): ...\n\n    def __init__(self):",
        ),
        ("\n", "\r\n"),
    ],
    ids=["rows above", "reformatted", "blanks", "functions above", "line ends"],
)
def test_findings_are_known_again_when_the_code_moves(project: Project, old: str, new: str) -> None:
    baseline = project.baseline()
    project.write("pkg/net.py", MODEL.replace(old, new))
    assert project.compare(baseline) == (0, 2, 0)


def test_a_further_call_of_the_same_text_is_new(project: Project) -> None:
    baseline = project.baseline()
    more = "            nn.Conv2d(8, 8, 3),\n            nn.BatchNorm2d(8),\n        )"
    project.write("pkg/net.py", MODEL.replace("        )", more))
    assert project.compare(baseline) == (1, 2, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Conv2d(8, 8, 3)", "Conv2d(8, 8, 5)"), ("class Net", "class Other"), ("__init__(self)", "build(self)")],
)
def test_other_code_is_new_and_leaves_stale_entries(project: Project, old: str, new: str) -> None:
    baseline = project.baseline()
    text = MODEL.replace(old, new).replace("super().build", "super().__init__")
    project.write("pkg/net.py", text)
    new_count, known, stale = project.compare(baseline)
    assert known == 0
    assert stale == 2
    assert new_count == len(project.findings())


def test_another_file_is_new(project: Project) -> None:
    baseline = project.baseline()
    project.write("pkg/copy.py", MODEL)
    assert project.compare(baseline) == (2, 2, 0)


def test_files_that_were_not_checked_have_no_stale_entries(project: Project) -> None:
    baseline = project.baseline()
    assert baseline.sort([], project.text_of, []).stale == ()
    (project.folder / "pkg/net.py").unlink()
    assert len(baseline.sort([], project.text_of, []).stale) == 2


def test_updating_keeps_what_was_not_checked_and_drops_what_is_gone(project: Project) -> None:
    project.write("pkg/other.py", MODEL)
    baseline = project.baseline()
    assert sum(baseline.entries.values()) == 4
    updated = baseline.updated([], project.text_of, [str(project.folder / "pkg/net.py")])
    assert {entry.file for entry in updated.entries} == {"pkg/other.py"}
    (project.folder / "pkg/other.py").unlink()
    assert not baseline.updated([], project.text_of, []).entries.keys() - {
        entry for entry in baseline.entries if entry.file == "pkg/net.py"
    }


def test_notebook_cells_have_their_own_text(project: Project) -> None:
    project.files.clear()
    cells = [{"cell_type": "code", "source": "import torch.nn as nn"}]
    cells += [{"cell_type": "code", "source": MODEL.split("\n", 1)[1]}]
    project.write("n.ipynb", json.dumps({"nbformat": 4, "cells": cells}))
    (entry,) = project.baseline().entries
    assert (entry.context, entry.source) == ("Net.__init__", "nn.Conv2d(8, 8, 3)")


def test_syntax_errors_are_known_by_their_row(project: Project) -> None:
    project.write("pkg/net.py", MODEL + "x = = 1\n")
    baseline = project.baseline()
    assert [entry.code for entry in baseline.entries] == ["CB900"]
    project.write("pkg/net.py", "\n" + MODEL + "x  = = 1\n")
    assert project.compare(baseline) == (0, 1, 0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is no baseline: "),
        ("[]", "is no baseline of this version"),
        ('{"version": 2, "findings": []}', "is no baseline of this version"),
        ('{"version": 1}', "finding 1 is not readable"),
        ('{"version": 1, "findings": [{"file": "a"}]}', "finding 1 is not readable"),
        (
            (
                '{"version": 1, "findings": '
                '[{"file": "a", "code": "b", "context": "", "source": "c", "count": 0}]}'
            ),
            "finding 1 is not readable",
        ),
        ("[" * 100_000, "is no baseline: "),
    ],
)
def test_what_is_no_baseline_is_said_in_one_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as caught:
        load(str(path))
    assert reason in str(caught.value)
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith("; delete it, and write it anew with --update-baseline")
    assert "\n" not in str(caught.value)
