"""The findings under the name of their file, in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.reports.concise import headline, where
from convbias_lint.reports.escapes import printable
from convbias_lint.reports.style import Style
from convbias_lint.reports.summary import summary

if TYPE_CHECKING:
    from convbias_lint.reports.report import Report
    from convbias_lint.result import FileResult


def render(report: Report) -> str:
    style = Style(report.colour)
    return "".join(_group(report, result, style) for result in report.results) + summary(report)


def _group(report: Report, result: FileResult, style: Style) -> str:
    shown = report.shown(result)
    if not shown and result.error is None:
        return ""
    lines = [f"{style('bold', printable(report.relative(result.filename)))}:"]
    if result.error is not None:
        lines.append(f"  {style('red', 'error')}: {printable(result.error)}")
    wide = max((len(where(finding)) for finding, _ in shown), default=0)
    lines += [
        f"  {where(finding):<{wide}}  {headline(report, finding, silenced, style)}"
        for finding, silenced in shown
    ]
    return "\n".join(lines) + "\n\n"
