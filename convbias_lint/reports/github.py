"""Workflow commands of GitHub Actions, which it shows as annotations in the changed code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.reports.concise import where
from convbias_lint.reports.escapes import printable
from convbias_lint.reports.severity import severity

if TYPE_CHECKING:
    from convbias_lint.finding import Finding
    from convbias_lint.reports.report import Report

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report) -> str:
    lines = [
        f"::error title=convbias-lint,file={_property(_path(report, name))}::{_data(printable(why))}\n"
        for name, why in report.errors()
    ]
    for finding, silenced in report.all_shown():
        command = "notice" if silenced else _COMMANDS[severity(finding.code)]
        title = f"convbias-lint ({finding.code}{', suppressed' if silenced else ''})"
        name = printable(report.slashed(finding.filename))
        text = f"{name}:{where(finding)}: {finding.code} {printable(finding.message)}"
        place = {"title": title, "file": _path(report, finding.filename), **_place(finding)}
        properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
        lines.append(f"::{command} {properties}::{_data(text)}\n")
    return "".join(lines)


def _place(finding: Finding) -> dict[str, str]:
    """Rows and columns; of a notebook none, for GitHub shows its JSON."""
    if finding.cell is not None:
        return {}
    rows = {"line": str(finding.start.row), "endLine": str(finding.end.row)}
    if finding.start.row != finding.end.row:  # columns go with a single line only
        return rows
    return {**rows, "col": str(finding.start.column), "endColumn": str(finding.end.column)}


def _path(report: Report, filename: str) -> str:
    return printable(report.slashed(filename))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
