"""The list of rules on the command line."""

from __future__ import annotations

import argparse
import json

import pytest

from convbias_lint.cli import rules
from convbias_lint.rules.codes import CODES


def ask(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    rules.add_arguments(parser)
    return rules.run(parser.parse_args(arguments))


def test_the_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert ask() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Code", "Name", "Fixable", "Default"]
    assert tuple(line.split()[0] for line in lines[1:]) == CODES
    assert lines[1].split() == ["CB101", "conv-bias-before-batch-norm", "sometimes", "on"]
    assert "CB203  missing-bias                   never      off" in lines
    assert max(map(len, lines)) <= 80


def test_the_heading_is_bold_where_colour_is_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ask() == 0
    assert capsys.readouterr().out.startswith("\033[1mCode")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("--output-format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert tuple(rule["code"] for rule in shown) == CODES
    assert {rule["fixable"] for rule in shown} == {"always", "sometimes", "never"}
    assert [rule["code"] for rule in shown if not rule["default"]] == ["CB203"]


def test_markdown_is_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("--output-format", "markdown") == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.count("|") for line in lines} == {6}
    assert len(lines) == len(CODES) + 2
