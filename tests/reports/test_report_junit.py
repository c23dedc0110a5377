"""JUnit's XML, read by two parsers."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import report_models as models
import report_tools as tools

from convbias_lint.reports import render

# What the XSD of Jenkins' xUnit plugin allows, which most readers follow.
ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
    "testsuite": {
        "name",
        "tests",
        "failures",
        "errors",
        "time",
        "skipped",
        "timestamp",
        "hostname",
        "package",
    },
    "testcase": {"name", "classname", "time", "assertions", "status"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
}


@pytest.mark.parametrize("make", [models.everything, models.hostile], ids=["everything", "hostile"])
def test_the_counts_are_those_of_the_cases(make: Any, tmp_path: Path) -> None:
    junitparser = tools.needed("junitparser")
    report = make(tmp_path, show_suppressed=True)
    suites = junitparser.JUnitXml.fromstring(render("junit", report).encode("utf-8"))
    found = sum(len(result.findings) for result in report.results)
    broken = sum(result.error is not None for result in report.results)
    silenced = sum(len(result.suppressed) for result in report.results)
    kinds = [type(outcome).__name__ for suite in suites for case in suite for outcome in case.result]
    assert (kinds.count("Failure"), kinds.count("Error"), kinds.count("Skipped")) == (found, broken, silenced)
    assert (suites.failures, suites.errors) == (found, broken)
    assert suites.tests == found + broken + silenced
    for suite in suites:
        cases = list(suite)
        before = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert before == (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert before[0] == len(cases)


@pytest.mark.parametrize("make", [models.everything, models.hostile], ids=["everything", "hostile"])
def test_there_are_no_attributes_but_the_usual(make: Any, tmp_path: Path) -> None:
    root = ElementTree.fromstring(render("junit", make(tmp_path, show_suppressed=True)))
    for element in root.iter():
        assert set(element.attrib) <= ATTRIBUTES[element.tag]


def test_a_case_says_where_and_what(tmp_path: Path) -> None:
    root = ElementTree.fromstring(render("junit", models.check(tmp_path, {"m.py": models.ONE_ROW})))
    (case,) = root.iter("testcase")
    assert case.attrib == {"name": "CB101 at 2:23", "classname": "m.py"}
    assert case[0].text == "m.py:2:23: CB101 `Conv2d` bias is redundant: `BatchNorm2d` subtracts it again"


def test_nothing_found_is_a_case_that_passes(tmp_path: Path) -> None:
    root = ElementTree.fromstring(render("junit", models.check(tmp_path, {"m.py": models.CLEAN})))
    (case,) = root.iter("testcase")
    assert len(case) == 0
    assert root.attrib["tests"] == "1"
