"""Diagnostics of the language server protocol: for each text, one JSON object on a line.

Each object is what a server would publish: ``uri`` and an array of ``Diagnostic``.  Clean files have an
empty array.  A bias argument that does nothing has a hint of its own, tagged as unnecessary, so that
editors fade the argument and not the layer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint.reports.columns import Columns
from convbias_lint.reports.escapes import encodable
from convbias_lint.reports.severity import severity
from convbias_lint.reports.uris import file_uri

if TYPE_CHECKING:
    from convbias_lint.finding import Finding, Position, Related
    from convbias_lint.reports.report import Report
    from convbias_lint.result import FileResult

SOURCE = "convbias-lint"
UNNECESSARY = 1
_SEVERITIES = {"error": 1, "warning": 2, "note": 3}
_HINT = 4


def render(report: Report) -> str:
    return "".join(
        json.dumps(published) + "\n" for result in report.results for published in _published(report, result)
    )


def _published(report: Report, result: FileResult) -> list[dict[str, Any]]:
    """What is published for a file: one object, or one for each cell of a notebook that has findings."""
    by_cell: dict[Optional[int], list[Finding]] = {}
    for finding in result.findings:
        by_cell.setdefault(finding.cell, []).append(finding)
    if not by_cell or result.error is not None:
        by_cell.setdefault(None, [])
    objects = []
    for cell, findings in by_cell.items():
        columns = Columns.of(report, result.filename, cell) if findings else Columns()
        found = [item for finding in findings for item in diagnostics(report, finding, columns)]
        if cell is None and result.error is not None:
            found.insert(0, _unreadable(result.error))
        objects.append({"uri": _uri(report, result.filename, cell), "diagnostics": found})
    return objects


def diagnostics(report: Report, finding: Finding, columns: Columns) -> list[dict[str, Any]]:
    """The diagnostic of a finding, and the hint on its bias argument if there is one."""
    common = {"code": finding.code, "codeDescription": {"href": finding.url}, "source": SOURCE}
    main: dict[str, Any] = {
        "range": _range(finding.start, finding.end, columns),
        "severity": _SEVERITIES[severity(finding.code)],
        **common,
        "message": encodable(finding.message),
    }
    if finding.related:
        main["relatedInformation"] = [_related(report, step) for step in finding.related]
    fix = finding.fix
    if fix is not None:
        main["data"] = {
            "title": encodable(fix.message),
            "applicability": fix.applicability.value,
            "edits": [
                {"range": _range(edit.start, edit.end, columns), "newText": encodable(edit.content)}
                for edit in fix.edits
            ],
        }
    if finding.unnecessary is None:
        return [main]
    hint = {
        "range": _range(*finding.unnecessary, columns),
        "severity": _HINT,
        **common,
        "message": "This argument has no effect",
        "tags": [UNNECESSARY],
    }
    return [main, hint]


def _unreadable(why: str) -> dict[str, Any]:
    start = {"line": 0, "character": 0}
    return {
        "range": {"start": start, "end": start},
        "severity": 1,
        "source": SOURCE,
        "message": encodable(why),
    }


def _related(report: Report, step: Related) -> dict[str, Any]:
    columns = Columns.of(report, step.filename, step.cell)
    place = {"uri": _uri(report, step.filename, step.cell), "range": _range(step.start, step.end, columns)}
    return {"location": place, "message": encodable(step.message)}


def _uri(report: Report, filename: str, cell: Optional[int]) -> str:
    uri = file_uri(report.absolute(filename))
    return uri if cell is None else f"{uri}#cell{cell}"


def _range(start: Position, end: Position, columns: Columns) -> dict[str, Any]:
    return {"start": columns.utf16(start), "end": columns.utf16(end)}
