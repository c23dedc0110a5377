"""Reviewdog's diagnostics: comments, with suggestions to accept, on a pull request of any forge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint.finding import DOCS_URL
from convbias_lint.reports.columns import Columns
from convbias_lint.reports.escapes import encodable
from convbias_lint.reports.report import in_cell
from convbias_lint.reports.severity import severity

if TYPE_CHECKING:
    from convbias_lint.finding import Finding, Position, Related
    from convbias_lint.reports.report import Report

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report) -> str:
    diagnostics = [
        {"message": encodable(why), "location": {"path": _path(report, name)}, "severity": "ERROR"}
        for name, why in report.errors()
    ]
    diagnostics += [_diagnostic(report, finding) for result in report.results for finding in result.findings]
    document = {
        "source": {"name": "convbias-lint", "url": DOCS_URL},
        "severity": "WARNING",
        "diagnostics": diagnostics,
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(report: Report, finding: Finding) -> dict[str, Any]:
    columns = Columns.of(report, finding.filename, finding.cell)
    found: dict[str, Any] = {
        "message": encodable(finding.message + in_cell(finding)),
        "severity": _SEVERITIES[severity(finding.code)],
        "code": {"value": finding.code, "url": finding.url},
        "location": _location(report, finding.filename, finding.cell, finding.start, finding.end, columns),
    }
    fix = finding.fix
    if fix is not None and fix.edits and finding.cell is None and fix.applicability.value != "display":
        found["suggestions"] = [
            {"range": _range(edit.start, edit.end, columns), "text": encodable(edit.content)}
            for edit in fix.edits
        ]
    if finding.related:
        found["related_locations"] = [_related(report, step) for step in finding.related]
    return found


def _related(report: Report, step: Related) -> dict[str, Any]:
    columns = Columns.of(report, step.filename, step.cell)
    place = _location(report, step.filename, step.cell, step.start, step.end, columns)
    return {"message": encodable(step.message), "location": place}


def _location(
    report: Report, filename: str, cell: Optional[int], start: Position, end: Position, columns: Columns
) -> dict[str, Any]:
    place: dict[str, Any] = {"path": _path(report, filename)}
    if cell is None:  # rows of a notebook's cell are none of the file's
        place["range"] = _range(start, end, columns)
    return place


def _range(start: Position, end: Position, columns: Columns) -> dict[str, Any]:
    return {
        "start": {"line": start.row, "column": columns.utf8(start)},
        "end": {"line": end.row, "column": columns.utf8(end)},
    }


def _path(report: Report, filename: str) -> str:
    return encodable(report.slashed(filename))
