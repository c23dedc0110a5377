"""``--statistics``: how often each rule was broken, most often first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from convbias_lint.reports.style import Style
from convbias_lint.reports.summary import summary

if TYPE_CHECKING:
    from convbias_lint.reports.report import Report


class Count(NamedTuple):
    """What was found of one rule."""

    code: str
    name: str
    findings: int
    fixable: int
    parameters: int


def counts(report: Report) -> list[Count]:
    """A count for each rule that was broken, the most frequent first."""
    found: dict[str, Count] = {}
    for result in report.results:
        for finding in result.findings:
            before = found.get(finding.code, Count(finding.code, finding.name, 0, 0, 0))
            found[finding.code] = before._replace(
                findings=before.findings + 1,
                fixable=before.fixable + report.fixable(finding),
                parameters=before.parameters + (finding.parameters or 0),
            )
    return sorted(found.values(), key=lambda count: (-count.findings, count.code))


def render(report: Report, as_json: bool = False) -> str:
    """A table with a row for each rule, and the summary; or the same as a JSON array."""
    rows = counts(report)
    if as_json:
        objects = [
            {
                "code": row.code,
                "name": row.name,
                "count": row.findings,
                "fixable": row.fixable == row.findings,
                "fixable_count": row.fixable,
                "parameters": row.parameters,
            }
            for row in rows
        ]
        return json.dumps(objects, indent=2) + "\n"
    style = Style(report.colour)
    widths = [max((len(f"{row[column]:,}") for row in rows), default=0) for column in (2, 4)]
    names = max((len(row.name) for row in rows), default=0)
    lines = []
    for row in rows:
        mark = (
            style("cyan", "[*]")
            if row.fixable == row.findings
            else style("cyan", "[-]")
            if row.fixable
            else "[ ]"
        )
        saved = f"  {row.parameters:>{widths[1]},} parameters" if row.parameters else ""
        line = f"{style('bold', f'{row.findings:>{widths[0]},}')}  {style('red', row.code)}  {mark}  "
        lines.append(f"{line}{row.name:<{names}}{saved}".rstrip() + "\n")
    return "".join(lines) + summary(report)
