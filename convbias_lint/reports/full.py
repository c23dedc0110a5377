"""The report to read: each finding with the layer, the way and the norm in a frame of its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from convbias_lint.reports.concise import headline
from convbias_lint.reports.escapes import printable
from convbias_lint.reports.style import Style
from convbias_lint.reports.summary import REDUNDANT, counted, summary

if TYPE_CHECKING:
    from convbias_lint.finding import Finding, Position, Related
    from convbias_lint.reports.frame import Mark
    from convbias_lint.reports.report import Report

_Place = tuple[str, Optional[int]]


def render(report: Report) -> str:
    style = Style(report.colour)
    errors = [
        f"{style('red', 'error')}: {printable(report.relative(name))}: {printable(why)}\n"
        for name, why in report.errors()
    ]
    blocks = ["".join(errors)] if errors else []
    blocks += [_block(report, finding, silenced, style) for finding, silenced in report.all_shown()]
    last = summary(report)
    if last:
        blocks.append(last)
    return "\n".join(blocks)


def _block(report: Report, finding: Finding, silenced: bool, style: Style) -> str:
    """Headline, frames, and what to do."""
    places = _marks(finding)
    margin = max(len(str(mark.start.row)) for marks in places.values() for mark in marks)
    bar = f"{' ' * margin} {style('blue', '|')}"
    lines = [headline(report, finding, silenced, style)]
    arrow = "-->"
    for (filename, cell), marks in places.items():
        where = _where(report, filename, cell, marks[0].start)
        lines.append(f"{' ' * margin}{style('blue', arrow)} {where}")
        drawn = _drawn(report, filename, cell, marks, margin, style)
        if drawn:
            lines += [bar, *drawn]
        else:  # no text at hand: the words of the marks still lead the way
            lines += [f"{bar} {printable(mark.label)}" for mark in marks if mark.label and arrow == ":::"]
        arrow = ":::"
    notes = _notes(report, finding, style)
    lines += [bar] if notes else []
    lines += [f"{' ' * margin} {style('blue', '=')} {note}" for note in notes]
    return "\n".join(lines) + "\n"


def _drawn(
    report: Report, filename: str, cell: Optional[int], marks: list[Mark], margin: int, style: Style
) -> list[str]:
    from convbias_lint.reports.frame import frame

    return frame(report.rows(filename, cell), marks, margin, style)


def _marks(finding: Finding) -> dict[_Place, list[Mark]]:
    """The marks of a finding by the text they are in, its own first."""
    from convbias_lint.reports.frame import Mark

    own = [Mark(finding.start, finding.end, _effect(finding), "red", "^")]
    argument = finding.unnecessary
    if argument is not None and argument[0].row != finding.start.row:
        own.append(Mark(*argument, "", "red", "^"))
    places: dict[_Place, list[Mark]] = {(finding.filename, finding.cell): own}
    for step, label in steps(finding):
        last = step is finding.related[-1]
        mark = Mark(step.start, step.end, printable(label), "green" if last else "yellow")
        marks = places.setdefault((step.filename, step.cell), [])
        same = next((other for other in marks if (other.start, other.end) == (mark.start, mark.end)), None)
        if same is None:
            marks.append(mark)
        elif mark.label and mark.label not in same.label:  # one place, two things to say
            label = f"{same.label}; {mark.label}" if same.label else mark.label
            marks[marks.index(same)] = same._replace(label=label)
    return places


def steps(finding: Finding) -> list[tuple[Related, str]]:
    """The steps from the layer to the norm with what to say of each, numbered if the way goes up and down."""
    way: list[Related] = []
    for step in finding.related:
        before = way[-1] if way else None
        if before is not None and (before.message, before.start) == (step.message, step.start):
            way.pop()  # `a + b` in `a + b + c`: the whole will do
        way.append(step)
    places = [(finding.filename, finding.cell or 0, finding.start)]
    places += [(step.filename, step.cell or 0, step.start) for step in way]
    downwards = all(one[0] == other[0] and one <= other for one, other in zip(places, places[1:]))
    numbered = len(way) > 1 and not downwards
    return [
        (step, f"{number}. {step.message}" if numbered else step.message)
        for number, step in enumerate(way, 1)
    ]


def _effect(finding: Finding) -> str:
    """The label of the layer: what its bias does."""
    if not finding.code.startswith(REDUNDANT):
        return ""
    then = "" if finding.condition is None else " then"
    if finding.parameters is None:
        return f"its bias has no effect{then}"
    return f"{counted(finding.parameters, 'parameter')} without effect{then}"


def _notes(report: Report, finding: Finding, style: Style) -> list[str]:
    notes = []
    condition = finding.condition
    if condition is not None and condition not in finding.message:
        notes.append(f"{style('bold', 'note')}: {printable(condition)}")
    fix = finding.fix
    if fix is not None:
        text = printable(fix.message)
        if fix.applicability.value == "display" or not fix.edits:
            text += "" if "not applied" in text else " (by hand: no edit is certain to be right)"
        elif report.hidden_fix(finding):
            text += " (--unsafe-fixes applies it)"
        notes.append(f"{style('green', 'help')}: {text}")
    return notes


def _where(report: Report, filename: str, cell: Optional[int], start: Position) -> str:
    inside = "" if cell is None else f"cell {cell}:"
    return f"{printable(report.relative(filename))}:{inside}{start.row}:{start.column}"
