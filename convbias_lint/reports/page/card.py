"""A finding on the page: what, where, why, and what the fix does."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Optional

from convbias_lint.reports.concise import where
from convbias_lint.reports.escapes import printable
from convbias_lint.reports.full import steps
from convbias_lint.reports.page.source import Mark, listing, prose
from convbias_lint.reports.report import applicability
from convbias_lint.reports.severity import severity
from convbias_lint.reports.summary import REDUNDANT, counted

if TYPE_CHECKING:
    from convbias_lint.finding import Finding
    from convbias_lint.reports.report import Report

_BADGES = {"safe": "fixable with --fix", "unsafe": "fixable with --unsafe-fixes", "display": "fix by hand"}


def card(report: Report, finding: Finding, silenced: bool) -> str:
    """The element for one finding; the script filters by its ``data-code``."""
    badges = [_badge("suppressed", "quiet")] if silenced else []
    if finding.parameters is not None and finding.code.startswith(REDUNDANT):
        badges.append(_badge(counted(finding.parameters, "parameter"), "saving"))
    trust = applicability(finding)
    if trust is None and finding.code.startswith(REDUNDANT):
        badges.append(_badge("no automatic fix", "none"))
    if trust is not None:
        badges.append(_badge(_BADGES[trust], trust))
    return (
        f'<article class="finding {severity(finding.code)}" data-code="{finding.code}">'
        f'<header><a class="code" href="{escape(finding.url)}" rel="noreferrer noopener">{finding.code}</a>'
        f"<h3>{prose(printable(finding.message))}</h3>"
        f'<span class="place">{where(finding)}</span></header>'
        f"{_listings(report, finding)}{_foot(finding, badges)}</article>"
    )


def _listings(report: Report, finding: Finding) -> str:
    """The source of each file that the finding speaks of, its own first."""
    own: tuple[str, Optional[int]] = (finding.filename, finding.cell)
    places = {own: [Mark(finding.start, finding.end, "layer", "")]}
    for step, label in steps(finding):
        kind = "norm" if step is finding.related[-1] else "step"
        mark = Mark(step.start, step.end, kind, printable(label))
        marks = places.setdefault((step.filename, step.cell), [])
        if mark not in marks:
            marks.append(mark)
    parts = []
    for place, marks in places.items():
        if place != own:
            cell = "" if place[1] is None else f", cell {place[1]}"
            parts.append(f'<p class="elsewhere">{escape(printable(report.relative(place[0])))}{cell}</p>')
        edits = finding.fix.edits if place == own and finding.fix is not None else ()
        parts.append(listing(report.rows(*place), marks, edits))
    return "".join(parts)


def _foot(finding: Finding, badges: list[str]) -> str:
    texts = []
    if finding.fix is not None:
        texts.append(prose(printable(finding.fix.message)))
    condition = finding.condition
    if condition is not None and condition not in finding.message:
        texts.append(prose(printable(condition)))
    said = f"<p>{' · '.join(texts)}</p>" if texts else "<p></p>"
    return f"<footer>{said}<div>{''.join(badges)}</div></footer>" if texts or badges else ""


def _badge(text: str, kind: str) -> str:
    return f'<span class="badge {kind}">{escape(text)}</span>'
