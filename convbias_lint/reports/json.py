"""One JSON array in Ruff's shape, with what only this linter knows: way, condition, parameters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint.reports.escapes import encodable

if TYPE_CHECKING:
    from convbias_lint.finding import Edit, Finding, Fix, Position, Related
    from convbias_lint.reports.report import Report


def render(report: Report) -> str:
    return json.dumps(items(report), indent=2) + "\n"


def items(report: Report) -> list[dict[str, Any]]:
    """An object for each file that could not be checked, and one for each finding."""
    broken = [error_item(report, name, why) for name, why in report.errors()]
    return broken + [item(report, finding, silenced) for finding, silenced in report.all_shown()]


def item(report: Report, finding: Finding, silenced: bool = False) -> dict[str, Any]:
    """A finding; the key ``suppressed`` is there when suppressed findings are shown."""
    found: dict[str, Any] = {
        "cell": finding.cell,
        "code": finding.code,
        "end_location": location(finding.end),
        "filename": encodable(report.absolute(finding.filename)),
        "fix": None if finding.fix is None else _fix(finding.fix),
        "location": location(finding.start),
        "message": encodable(finding.message),
        "noqa_row": finding.noqa_row,
        "url": finding.url,
        "name": finding.name,
        "related": [_related(report, step) for step in finding.related],
        "condition": None if finding.condition is None else encodable(finding.condition),
        "parameters": finding.parameters,
    }
    if report.show_suppressed:
        found["suppressed"] = silenced
    return found


def error_item(report: Report, filename: str, why: str) -> dict[str, Any]:
    """A file that could not be checked: an item without a code, at the file's beginning."""
    start = {"column": 1, "row": 1}
    return {
        "cell": None,
        "code": None,
        "end_location": start,
        "filename": encodable(report.absolute(filename)),
        "fix": None,
        "location": start,
        "message": encodable(why),
        "noqa_row": None,
        "url": None,
        "name": "unreadable-file",
        "related": [],
        "condition": None,
        "parameters": None,
    }


def location(position: Position) -> dict[str, int]:
    return {"column": position.column, "row": position.row}


def edit_item(edit: Edit) -> dict[str, Any]:
    return {
        "content": encodable(edit.content),
        "end_location": location(edit.end),
        "location": location(edit.start),
    }


def _fix(fix: Fix) -> dict[str, Optional[object]]:
    return {
        "applicability": fix.applicability.value,
        "edits": [edit_item(edit) for edit in fix.edits],
        "message": encodable(fix.message),
    }


def _related(report: Report, step: Related) -> dict[str, Any]:
    return {
        "cell": step.cell,
        "end_location": location(step.end),
        "filename": encodable(report.absolute(step.filename)),
        "location": location(step.start),
        "message": encodable(step.message),
    }
