"""The pages of rules on the command line."""

from __future__ import annotations

import argparse
import json

import pytest

from convbias_lint.cli import explain
from convbias_lint.rules import all_rules
from convbias_lint.rules.rule import explain_markdown

RULES = all_rules()


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def ask(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    explain.add_arguments(parser)
    return explain.run(parser.parse_args(arguments))


@pytest.mark.parametrize("asked", ["CB101", "cb101", "conv-bias-before-batch-norm"])
def test_a_rule_is_found_by_code_and_by_name(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(asked) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("conv-bias-before-batch-norm (CB101)\n")
    assert "\nWhy is this bad?\n" in shown
    assert "    nn.BatchNorm2d(64)," in shown


@pytest.mark.parametrize("code", RULES)
def test_text_fits_the_terminal(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(code) == 0
    lines = capsys.readouterr().out.splitlines()
    prose = [line for line in lines if not line.startswith("    ") and "https://" not in line]
    assert max(map(len, prose)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_lists_keep_their_items(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("CB104") == 0
    shown = capsys.readouterr().out
    assert "\n- pooling, upsampling, `Identity`, slicing and concatenating channels;\n- adding" in shown


def test_markdown_is_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("CB105", "--output-format", "markdown") == 0
    assert capsys.readouterr().out == explain_markdown(RULES["CB105"])


def test_json_of_one_rule_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("CB203", "--output-format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["code"], shown["name"], shown["default"]) == ("CB203", "missing-bias", False)
    assert shown["explanation"] == explain_markdown(RULES["CB203"])
    assert shown["url"].endswith("/rules/missing-bias/")


def test_json_of_all_is_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("--all", "--output-format", "json") == 0
    assert [rule["code"] for rule in json.loads(capsys.readouterr().out)] == list(RULES)


def test_all_in_text_holds_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("--all") == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line.endswith(")") and line.split(" (")[0] in NAMES] == [
        f"{rule.name} ({rule.code})" for rule in RULES.values()
    ]


NAMES = {rule.name for rule in RULES.values()}


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("CB109", "did you mean CB101 (conv-bias-before-batch-norm)?"),
        ("CB999", "did you mean CB900 (syntax-error)?"),
        ("conv-bias-before-batchnorm", "did you mean CB101 (conv-bias-before-batch-norm)?"),
        ("conv-bias", "did you mean CB101 (conv-bias-before-batch-norm)?"),
        ("missing_bias", "did you mean CB203 (missing-bias)?"),
        ("B101", "did you mean CB101 (conv-bias-before-batch-norm)?"),
        ("zzz", "`convbias-lint rules` lists them all"),
    ],
)
def test_an_unknown_rule_is_one_line_with_the_nearest(
    asked: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(asked) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f"convbias-lint: error: no rule is called `{asked}`; {hint}\n"


def test_no_rule_at_all_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask() == 2
    assert capsys.readouterr().err == "convbias-lint: error: name a rule, such as CB101, or use --all\n"


def test_headings_are_bold_where_colour_is_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ask("CB101") == 0
    shown = capsys.readouterr().out
    assert "\033[1mFix safety\033[0m\n" in shown
    assert "\033[36mBatchNorm1d\033[0m" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    assert ask("CB101") == 0
    assert "\033" not in capsys.readouterr().out
