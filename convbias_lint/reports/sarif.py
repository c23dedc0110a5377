"""SARIF 2.1.0, which code scanning of GitHub and others reads: rules with help, ways, fixes."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint.finding import DOCS_URL, rule_url
from convbias_lint.reports.escapes import encodable
from convbias_lint.reports.fingerprint import Fingerprints
from convbias_lint.reports.report import applicability, in_cell
from convbias_lint.reports.severity import severity
from convbias_lint.reports.uris import folder_uri, shown_uri
from convbias_lint.rules import all_rules
from convbias_lint.rules.rule import explain_markdown

if TYPE_CHECKING:
    from convbias_lint.finding import Edit, Finding, Position, Related
    from convbias_lint.reports.report import Report
    from convbias_lint.rules.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "%SRCROOT%"


def render(report: Report) -> str:
    rules = all_rules()
    indices = {code: index for index, code in enumerate(rules)}
    prints = Fingerprints(report)
    driver = {
        "name": "convbias-lint",
        "version": report.version,
        "informationUri": DOCS_URL,
        "rules": [_rule(rule) for rule in rules.values()],
    }
    errors = [_notification(report, name, why) for name, why in report.errors()]
    results = []
    for file in report.results:
        # SARIF has a place for suppressed results: each reader decides whether to show them.
        found = [(finding, False) for finding in file.findings] + [
            (finding, True) for finding in file.suppressed
        ]
        found.sort(key=lambda pair: pair[0].sort_key)
        results += [_result(report, finding, silenced, indices, prints) for finding, silenced in found]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"uri": folder_uri(report.cwd or os.getcwd())}},
        "invocations": [{"executionSuccessful": not errors, "toolExecutionNotifications": errors}],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    markdown = explain_markdown(rule)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": f"{rule.summary.rstrip('.')}."},
        "fullDescription": {"text": " ".join(rule.what.split())},
        "help": {"text": markdown, "markdown": markdown},
        "helpUri": rule_url(rule.name),
        "defaultConfiguration": {"enabled": rule.default, "level": severity(rule.code)},
        "properties": {
            "tags": ["deep-learning", "correctness" if severity(rule.code) == "error" else "performance"],
            "precision": "very-high",
            "problem.severity": {"note": "recommendation"}.get(severity(rule.code), severity(rule.code)),
        },
    }


def _result(
    report: Report, finding: Finding, silenced: bool, indices: dict[str, int], prints: Fingerprints
) -> dict[str, Any]:
    own = _location(report, finding.filename, finding.cell, finding.start, finding.end)
    found: dict[str, Any] = {"ruleId": finding.code}
    if finding.code in indices:
        found["ruleIndex"] = indices[finding.code]
    found.update(
        level=severity(finding.code),
        message={"text": encodable(finding.message + in_cell(finding))},
        locations=[own],
        partialFingerprints={"convbiasLintFinding/v1": prints.of(finding)},
    )
    if finding.related:
        steps = [_step(report, step) for step in finding.related]
        found["relatedLocations"] = [{"id": number, **step} for number, step in enumerate(steps, start=1)]
        first = {**own, "message": {"text": "the bias comes in here"}}
        flow = [{"location": step} for step in [first, *steps]]
        found["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
    if finding.cell is None and applicability(finding) in ("safe", "unsafe"):
        found["fixes"] = [_fix(report, finding)]
    found["suppressions"] = [{"kind": "inSource"}] if silenced else []
    found["properties"] = {
        "condition": None if finding.condition is None else encodable(finding.condition),
        "parameters": finding.parameters,
        "fixApplicability": applicability(finding),
    }
    return found


def _step(report: Report, step: Related) -> dict[str, Any]:
    place = _location(report, step.filename, step.cell, step.start, step.end)
    return {**place, "message": {"text": encodable(step.message)}}


def _location(
    report: Report, filename: str, cell: Optional[int], start: Position, end: Position
) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(report, filename)}
    if cell is None:
        physical["region"] = _region(start, end)
        return {"physicalLocation": physical}
    # Rows of a cell are none of the notebook's file, whose beginning is all that can be pointed at.
    physical["region"] = {"startLine": 1}
    return {"physicalLocation": physical, "logicalLocations": [{"name": f"cell {cell}", "kind": "module"}]}


def _fix(report: Report, finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    assert fix is not None
    change = {
        "artifactLocation": _artifact(report, finding.filename),
        "replacements": [_replacement(edit) for edit in fix.edits],
    }
    return {"description": {"text": encodable(fix.message)}, "artifactChanges": [change]}


def _replacement(edit: Edit) -> dict[str, Any]:
    return {
        "deletedRegion": _region(edit.start, edit.end),
        "insertedContent": {"text": encodable(edit.content)},
    }


def _notification(report: Report, filename: str, why: str) -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": _artifact(report, filename)}}
    return {"level": "error", "message": {"text": encodable(why)}, "locations": [place]}


def _artifact(report: Report, filename: str) -> dict[str, str]:
    uri = shown_uri(report, filename)
    absolute = uri.startswith(("file:", "untitled:"))
    return {"uri": uri} if absolute else {"uri": uri, "uriBaseId": _BASE}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.row,
        "startColumn": start.column,
        "endLine": end.row,
        "endColumn": end.column,
    }
