"""Logging commands of Azure Pipelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.reports.escapes import printable
from convbias_lint.reports.report import in_cell
from convbias_lint.reports.severity import severity

if TYPE_CHECKING:
    from convbias_lint.reports.report import Report

# As the agent reads them; a percent sign of the text's own is escaped first.
_ESCAPES = (("%", "%AZP25"), (";", "%3B"), ("\r", "%0D"), ("\n", "%0A"), ("]", "%5D"))


def render(report: Report) -> str:
    lines = [_command("error", {"sourcepath": report.slashed(name)}, why) for name, why in report.errors()]
    for finding, silenced in report.all_shown():
        if silenced:  # a logged issue cannot be marked as none
            continue
        place = {"sourcepath": report.slashed(finding.filename)}
        if finding.cell is None:
            place.update(linenumber=str(finding.start.row), columnnumber=str(finding.start.column))
        place["code"] = finding.code
        kind = "error" if severity(finding.code) == "error" else "warning"
        lines.append(_command(kind, place, finding.message + in_cell(finding)))
    return "".join(lines)


def _command(kind: str, properties: dict[str, str], text: str) -> str:
    fields = "".join(f"{key}={_escaped(value)};" for key, value in {"type": kind, **properties}.items())
    return f"##vso[task.logissue {fields}]{printable(text)}\n"


def _escaped(text: str) -> str:
    text = printable(text)
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text
