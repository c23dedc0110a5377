"""Formats of CI systems and review tools, read as these tools read them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import report_models as models

from convbias_lint.reports import render
from convbias_lint.reports.report import Report

BOTH = pytest.mark.parametrize("make", [models.everything, models.hostile], ids=["everything", "hostile"])


def count(report: Report) -> int:
    return sum(len(result.findings) + (result.error is not None) for result in report.results)


# GitHub Actions ---------------------------------------------------------------------------------------


def workflow_commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Commands as the runner of GitHub Actions reads them."""

    def data(value: str) -> str:
        return value.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")

    def value(text: str) -> str:
        return data(text.replace("%3A", ":").replace("%2C", ","))

    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert match is not None, line
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        found.append((match[1], {key: value(text) for key, text in properties.items()}, data(match[3])))
    return found


@BOTH
def test_github_reads_every_line(make: Any, tmp_path: Path) -> None:
    report = make(tmp_path)
    commands = workflow_commands(render("github", report))
    assert len(commands) == count(report)
    known = {"title", "file", "line", "endLine", "col", "endColumn"}
    assert all(set(properties) <= known for _, properties, _ in commands)


def test_github_annotates_the_place(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"m.py": models.SEQUENTIAL})
    (first, second) = workflow_commands(render("github", report))
    place = {"file": "m.py", "line": "4", "endLine": "4", "col": "5", "endColumn": "35"}
    assert first[:2] == ("warning", {"title": "convbias-lint (CB101)", **place})
    # GitHub takes columns with a single row only.
    assert second[1] == {"title": "convbias-lint (CB104)", "file": "m.py", "line": "7", "endLine": "12"}


def test_github_gets_no_rows_of_a_notebook(tmp_path: Path) -> None:
    ((_, place, text),) = workflow_commands(
        render("github", models.check(tmp_path, {"n.ipynb": models.NOTEBOOK}))
    )
    assert set(place) == {"title", "file"}
    assert text.startswith("n.ipynb:cell 2:2:23: CB101 ")


# GitLab -----------------------------------------------------------------------------------------------


@BOTH
def test_gitlab_has_the_fields_it_needs(make: Any, tmp_path: Path) -> None:
    report = make(tmp_path)
    issues = json.loads(render("gitlab", report))
    assert len(issues) == count(report)
    for issue in issues:
        assert issue["description"]
        assert issue["check_name"]
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["path"]
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert issue["location"]["positions"]["begin"]["line"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_gitlab_knows_a_finding_again(tmp_path: Path) -> None:
    def prints(text: str) -> list[str]:
        issues = json.loads(render("gitlab", models.check(tmp_path, {"m.py": text})))
        return [issue["fingerprint"] for issue in issues]

    assert prints("\n\n" + models.SEQUENTIAL) == prints(models.SEQUENTIAL)
    changed = prints(models.SEQUENTIAL.replace("Conv2d(3, 64", "Conv2d(3, 32"))
    assert changed[0] != prints(models.SEQUENTIAL)[0]


# Azure Pipelines --------------------------------------------------------------------------------------


def logging_commands(text: str) -> list[tuple[dict[str, str], str]]:
    """Commands as the agent of Azure Pipelines reads them."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line)
        assert match is not None, line
        properties = {}
        for pair in filter(None, match[1].split(";")):
            key, value = pair.split("=", 1)
            for escape, character in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]")):
                value = value.replace(escape, character)
            properties[key] = value.replace("%AZP25", "%")
        found.append((properties, match[2]))
    return found


@BOTH
def test_azure_reads_every_line(make: Any, tmp_path: Path) -> None:
    report = make(tmp_path)
    commands = logging_commands(render("azure", report))
    assert len(commands) == count(report)
    for properties, _ in commands:
        assert set(properties) <= {"type", "sourcepath", "linenumber", "columnnumber", "code"}
        assert properties["type"] in ("error", "warning")


def test_azure_logs_the_place(tmp_path: Path) -> None:
    ((place, text),) = logging_commands(render("azure", models.check(tmp_path, {"m.py": models.ONE_ROW})))
    assert place == {
        "type": "warning",
        "sourcepath": "m.py",
        "linenumber": "2",
        "columnnumber": "23",
        "code": "CB101",
    }
    assert text == "`Conv2d` bias is redundant: `BatchNorm2d` subtracts it again"


def test_names_come_back_from_azure_and_github(tmp_path: Path) -> None:
    name = "percent%20;semi,comma:]]>.py"
    report = models.check(tmp_path, {name: models.ONE_ROW})
    assert logging_commands(render("azure", report))[0][0]["sourcepath"] == name
    assert workflow_commands(render("github", report))[0][1]["file"] == name


# Pylint -----------------------------------------------------------------------------------------------


@BOTH
def test_pylint_lines_parse(make: Any, tmp_path: Path) -> None:
    report = make(tmp_path)
    lines = render("pylint", report).splitlines()
    assert len(lines) == count(report)
    assert all(re.fullmatch(r"(.+?):(\d+): \[(CB\d+|error)\] (.*)", line) for line in lines)


# Reviewdog --------------------------------------------------------------------------------------------


@BOTH
def test_reviewdog_has_the_fields_it_needs(make: Any, tmp_path: Path) -> None:
    report = make(tmp_path)
    document = json.loads(render("rdjson", report))
    assert document["source"]["name"] == "convbias-lint"
    assert len(document["diagnostics"]) == count(report)
    known = {"message", "location", "severity", "code", "suggestions", "related_locations"}
    for diagnostic in document["diagnostics"]:
        assert {"message", "location"} <= set(diagnostic) <= known
        assert diagnostic["severity"] in ("ERROR", "WARNING", "INFO")
        assert diagnostic["location"]["path"]


def test_reviewdog_counts_columns_in_bytes(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"m.py": models.WIDE})
    (diagnostic,) = json.loads(render("rdjson", report))["diagnostics"]
    rows = [row.encode("utf-8") for row in models.WIDE.split("\n")]
    place = diagnostic["location"]["range"]
    row = rows[place["start"]["line"] - 1]
    assert row[place["start"]["column"] - 1 : place["end"]["column"] - 1] == b"nn.Conv2d(3, 8, 3, bias=True)"
    (suggestion,) = diagnostic["suggestions"]
    place = suggestion["range"]
    assert row[place["start"]["column"] - 1 : place["end"]["column"] - 1] == b"True"
    assert suggestion["text"] == "False"


def test_reviewdog_gets_no_rows_of_a_notebook(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"n.ipynb": models.NOTEBOOK})
    (diagnostic,) = json.loads(render("rdjson", report))["diagnostics"]
    assert diagnostic["location"] == {"path": "n.ipynb"}
    assert "suggestions" not in diagnostic
