"""Each rule's page tells the truth: its example, what it says to use instead, and its fix."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from convbias_lint.finding import Applicability, Edit
from convbias_lint.fixes import apply_edits
from convbias_lint.linter import lint_source
from convbias_lint.rules import all_rules
from convbias_lint.rules.codes import CODES
from convbias_lint.rules.rule import Rule, explain_markdown
from convbias_lint.rules.run import check_text

RULES = all_rules()
# Suppressions are not seen by the analysis of one text, but by what wraps it.
ANALYSED = [rule for code, rule in RULES.items() if code != "CB901"]
FIXED = [rule for rule in ANALYSED if rule.fixable != "never"]


def _name(rule: Rule) -> str:
    return rule.name


def test_the_cheap_codes_are_those_of_the_rules() -> None:
    assert tuple(RULES) == CODES


@pytest.mark.parametrize("rule", RULES.values(), ids=_name)
def test_a_rule_stands_in_the_file_of_its_name(rule: Rule) -> None:
    folder = Path(sys.modules["convbias_lint.rules"].__path__[0])
    assert (folder / f"{rule.code.lower()}_{rule.name.replace('-', '_')}.py").is_file()


def test_names_and_summaries_differ() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    assert len({rule.summary for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=_name)
def test_a_page_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"CB\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.fixable in ("always", "sometimes", "never")
    assert not rule.summary.endswith(".")
    assert len(rule.summary) <= 80
    for text in (rule.what, rule.why, rule.example, rule.use_instead):
        assert text.strip()
    assert rule.references
    assert all(url.startswith("https://") for _, url in rule.references)
    page = explain_markdown(rule)
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    expected = [f"{rule.name} ({rule.code})", "What it does", "Why is this bad?", "Example", "Use instead"]
    if rule.fix_safety:
        expected.append("Fix safety")
    assert headings == [*expected, "References"]
    assert "\n\n\n" not in re.sub(r"```.*?```", "code", page, flags=re.DOTALL)


@pytest.mark.parametrize("rule", ANALYSED, ids=_name)
def test_the_example_yields_just_this_rule(rule: Rule) -> None:
    findings = check_text(rule.example, "example.py").findings
    assert [(finding.code, finding.name) for finding in findings] == [(rule.code, rule.name)]


@pytest.mark.parametrize("rule", ANALYSED, ids=_name)
def test_what_to_use_instead_yields_nothing(rule: Rule) -> None:
    assert check_text(rule.use_instead, "example.py").findings == ()


@pytest.mark.parametrize("rule", FIXED, ids=_name)
def test_the_fix_of_the_example_is_what_to_use_instead(rule: Rule) -> None:
    edits: list[Edit] = []
    for finding in check_text(rule.example, "example.py").findings:
        assert finding.fix is not None
        assert finding.fix.applicability is Applicability.SAFE
        edits += finding.fix.edits
    assert apply_edits(rule.example, edits) == rule.use_instead


@pytest.mark.parametrize("rule", [r for r in ANALYSED if r.fixable == "never"], ids=_name)
def test_a_rule_without_a_fix_offers_none(rule: Rule) -> None:
    assert [finding.fix for finding in check_text(rule.example, "example.py").findings] == [None]


def test_the_unused_suppression_of_the_example_is_found_and_fixed() -> None:
    rule = RULES["CB901"]
    findings = lint_source(rule.example)
    assert [(finding.code, finding.name) for finding in findings] == [(rule.code, rule.name)]
    assert findings[0].fix is not None
    assert apply_edits(rule.example, findings[0].fix.edits) == rule.use_instead
    assert lint_source(rule.use_instead) == []


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.code != "CB900"], ids=_name)
def test_examples_are_python(rule: Rule) -> None:
    compile(rule.example, "example.py", "exec")
    compile(rule.use_instead, "use_instead.py", "exec")


def test_codes_are_cheap_to_ask_for() -> None:
    heavy = ("dataclasses", "pkgutil", "typing", "libcst", "convbias_lint.rules.rule")
    program = f"import sys; import convbias_lint.rules.codes; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
