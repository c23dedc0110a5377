"""Pylint's parseable lines, which many tools know to read: ``file:row: [code] text``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.reports.escapes import printable

if TYPE_CHECKING:
    from convbias_lint.reports.report import Report


def render(report: Report) -> str:
    lines = [
        f"{printable(report.relative(name))}:1: [error] {printable(why)}\n" for name, why in report.errors()
    ]
    for finding, silenced in report.all_shown():
        inside = "" if finding.cell is None else f" (cell {finding.cell})"
        note = " (suppressed)" if silenced else ""
        place = f"{printable(report.relative(finding.filename))}:{finding.start.row}"
        lines.append(f"{place}: [{finding.code}] {printable(finding.message)}{inside}{note}\n")
    return "".join(lines)
