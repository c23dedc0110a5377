"""JUnit's XML, which nearly every CI reads: a suite for each file, a failed case for each finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convbias_lint.reports.concise import where
from convbias_lint.reports.escapes import printable

if TYPE_CHECKING:
    from convbias_lint.finding import Finding
    from convbias_lint.reports.report import Report
    from convbias_lint.result import FileResult

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    suites = [_suite(report, result) for result in report.results if report.shown(result) or result.error]
    if not suites:
        case = '    <testcase name="nothing to report" classname="convbias-lint"/>\n'
        suites = [
            f'  <testsuite name="convbias-lint" tests="1" failures="0" errors="0">\n{case}  </testsuite>\n'
        ]
    findings = sum(len(report.shown(result)) for result in report.results)
    failures = sum(len(result.findings) for result in report.results)
    errors = sum(1 for _ in report.errors())
    tests = findings + errors or 1
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="convbias-lint" tests="{tests}" failures="{failures}" errors="{errors}">\n'
        f"{''.join(suites)}</testsuites>\n"
    )


def _suite(report: Report, result: FileResult) -> str:
    shown = report.shown(result)
    name = _escaped(report.relative(result.filename))
    errors = int(result.error is not None)
    skipped = sum(silenced for _, silenced in shown)
    failures = len(shown) - skipped
    counts = f'tests="{len(shown) + errors}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    cases = [_case(report, finding, silenced) for finding, silenced in shown]
    if result.error is not None:
        cases.append(
            f'    <testcase name="readable" classname="{name}">\n'
            f'      <error type="unreadable-file" message="{_escaped(result.error)}"/>\n    </testcase>\n'
        )
    return f'  <testsuite name="{name}" package="convbias-lint" {counts}>\n{"".join(cases)}  </testsuite>\n'


def _case(report: Report, finding: Finding, silenced: bool) -> str:
    name = _escaped(f"{finding.code} at {where(finding)}")
    message = _escaped(finding.message)
    place = _escaped(f"{report.relative(finding.filename)}:{where(finding)}")
    if silenced:
        outcome = f'<skipped message="suppressed: {message}"/>'
    else:
        outcome = (
            f'<failure type="{finding.code}" message="{message}">{place}: {finding.code} {message}</failure>'
        )
    classname = _escaped(report.relative(finding.filename))
    return f'    <testcase name="{name}" classname="{classname}">\n      {outcome}\n    </testcase>\n'


def _escaped(text: str) -> str:
    """Text for an attribute or an element; what XML cannot hold is shown as a visible escape."""
    text = _NOT_XML.sub("\ufffd", printable(text))
    return re.sub('[&<>"]', lambda match: _ESCAPES[match[0]], text)
