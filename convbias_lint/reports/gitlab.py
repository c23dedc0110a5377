"""GitLab's Code Quality report: findings beside the changes of a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from convbias_lint.reports.escapes import encodable
from convbias_lint.reports.fingerprint import Fingerprints
from convbias_lint.reports.report import in_cell
from convbias_lint.reports.severity import severity

if TYPE_CHECKING:
    from convbias_lint.finding import Finding, Position
    from convbias_lint.reports.report import Report

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report) -> str:
    prints = Fingerprints(report)
    issues = [_error(report, name, why, prints) for name, why in report.errors()]
    # There is no way to mark an issue as suppressed, so that those are left out.
    issues += [_issue(report, finding, prints) for result in report.results for finding in result.findings]
    return json.dumps(issues, indent=2) + "\n"


def _issue(report: Report, finding: Finding, prints: Fingerprints) -> dict[str, Any]:
    if finding.cell is None:
        positions = {"begin": _position(finding.start), "end": _position(finding.end)}
    else:  # GitLab shows the JSON of a notebook
        positions = {"begin": {"line": 1, "column": 1}, "end": {"line": 1, "column": 1}}
    return {
        "type": "issue",
        "check_name": finding.code,
        "description": encodable(f"{finding.code}: {finding.message}{in_cell(finding)}"),
        "categories": ["Bug Risk" if severity(finding.code) == "error" else "Performance"],
        "severity": _SEVERITIES[severity(finding.code)],
        "fingerprint": prints.of(finding),
        "location": {"path": _path(report, finding.filename), "positions": positions},
    }


def _error(report: Report, filename: str, why: str, prints: Fingerprints) -> dict[str, Any]:
    start = {"line": 1, "column": 1}
    return {
        "type": "issue",
        "check_name": "unreadable-file",
        "description": encodable(why),
        "categories": ["Bug Risk"],
        "severity": "critical",
        "fingerprint": prints.of_parts(report.slashed(filename), "unreadable-file"),
        "location": {"path": _path(report, filename), "positions": {"begin": start, "end": start}},
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.row, "column": position.column}


def _path(report: Report, filename: str) -> str:
    return encodable(report.slashed(filename))
