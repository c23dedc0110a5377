"""All cases as one project: however they are linted, the same is found, and the same is written."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from case_file import all_cases, marks_of

from convbias_lint.cache import Cache
from convbias_lint.config import Settings
from convbias_lint.discovery import Target
from convbias_lint.linter import lint_bytes
from convbias_lint.project import Options, Outcome, lint_targets
from convbias_lint.result import FileResult

ALL_RULES = Settings(select=("ALL",))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, FileResult]:
    """Every file of every case, and what is found in it alone."""
    root = tmp_path_factory.mktemp("project")
    paths = [path for case in all_cases() for path in case.written_to(root / case.path.parent.name).values()]
    return {path: lint_bytes(path.read_bytes(), str(path), ALL_RULES) for path in paths}


def targets(project: dict[Path, FileResult]) -> list[Target]:
    return [Target(str(path), ALL_RULES) for path in project]


def results(outcomes: list[Outcome]) -> list[FileResult]:
    return [outcome.result for outcome in outcomes]


def test_one_process_and_several(project: dict[Path, FileResult]) -> None:
    expected = list(project.values())
    assert results(lint_targets(targets(project), Options(jobs=1))) == expected
    assert results(lint_targets(targets(project), Options(jobs=3))) == expected


def test_any_order(project: dict[Path, FileResult]) -> None:
    """What one file leaves behind in memory must not tell on the next."""
    shuffled = targets(project)
    random.Random(4).shuffle(shuffled)
    found = {Path(result.filename): result for result in results(lint_targets(shuffled, Options(jobs=1)))}
    assert found == project


def test_cold_and_warm_cache(project: dict[Path, FileResult], tmp_path: Path) -> None:
    expected = list(project.values())
    for _ in ("cold", "warm"):
        outcomes = lint_targets(targets(project), Options(jobs=1), open_cache=lambda: Cache(str(tmp_path)))
        assert results(outcomes) == expected


def test_the_command_finds_the_same(project: dict[Path, FileResult]) -> None:
    folders = sorted({str(path.parent) for path in project})
    command = [sys.executable, "-m", "convbias_lint", "check", "--isolated", "--no-cache", "--select", "ALL"]
    result = subprocess.run(
        [*command, "--output-format", "json", *folders],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (result.returncode, result.stderr) == (1, "")
    found = sorted(
        (item["filename"], item["location"]["row"], item["location"]["column"], item["code"])
        for item in json.loads(result.stdout)
    )
    expected = sorted(
        (finding.filename, finding.start.row, finding.start.column, finding.code)
        for one in project.values()
        for finding in one.findings
    )
    assert found == expected


def test_the_command_fixes_the_same(tmp_path: Path) -> None:
    cases = all_cases()
    files = {}
    for case in cases:
        for name, path in case.written_to(tmp_path / case.path.parent.name).items():
            files[path] = case.files[name]
    alone = {path: lint_bytes(path.read_bytes(), str(path), ALL_RULES, fix="unsafe") for path in files}
    packages = {
        path for case in cases if len(case.files) > 1 for path in files if case.path.name in path.parts
    }
    command = [sys.executable, "-m", "convbias_lint", "check", "--isolated", "--no-cache", "--select", "ALL"]
    result = subprocess.run(
        [*command, "--fix", "--unsafe-fixes", "--quiet", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 1  # some findings have no fix
    for path, file in files.items():
        if path not in packages:  # there, the fix of one file may settle another's
            assert path.read_bytes() == (alone[path].new_data or file.code.encode("utf-8"))


def test_findings_are_sorted_and_whole(project: dict[Path, FileResult]) -> None:
    for result in project.values():
        assert list(result.findings) == sorted(result.findings, key=lambda finding: finding.sort_key)
        for finding in result.findings:
            assert finding.start < finding.end or finding.code in ("CB900", "CB901")
            assert finding.start.row <= finding.noqa_row
            assert finding.message
            assert not finding.message.endswith(".")
            if finding.code in ("CB101", "CB102", "CB103", "CB104", "CB105"):
                assert finding.related, "the norm must be shown"
    assert sum(len(marks_of(result.findings)) for result in project.values()) > 200
