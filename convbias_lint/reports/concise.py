"""One line per finding, for people and for tools that read ``file:row:column: text``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.reports.escapes import printable
from convbias_lint.reports.style import Style
from convbias_lint.reports.summary import summary

if TYPE_CHECKING:
    from convbias_lint.finding import Finding
    from convbias_lint.reports.report import Report


def render(report: Report) -> str:
    style = Style(report.colour)
    lines = [
        f"{style('bold', printable(report.relative(name)))}: {printable(why)}\n"
        for name, why in report.errors()
    ]
    for finding, silenced in report.all_shown():
        place = style("bold", printable(report.relative(finding.filename)))
        lines.append(f"{place}:{where(finding)}: {headline(report, finding, silenced, style)}\n")
    return "".join(lines) + summary(report)


def where(finding: Finding) -> str:
    """Cell, row and column of a finding."""
    cell = "" if finding.cell is None else f"cell {finding.cell}:"
    return f"{cell}{finding.start.row}:{finding.start.column}"


def headline(report: Report, finding: Finding, silenced: bool, style: Style) -> str:
    """Code, a mark if ``--fix`` settles it, and the message."""
    mark = f" {style('cyan', '[*]')}" if not silenced and report.fixable(finding) else ""
    note = style("dim", " (suppressed)") if silenced else ""
    return f"{style('red', finding.code)}{mark} {printable(finding.message)}{note}"
