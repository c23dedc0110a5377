"""Results as JSON and back: short rows, since most of a cache is positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convbias_lint.result import FileResult

if TYPE_CHECKING:
    from convbias_lint.finding import Edit, Finding, Fix, Position


class Unreadable(Exception):
    """The JSON is not what `to_json` makes."""


def to_json(result: FileResult) -> dict[str, Any]:
    """What of a result depends on nothing but the file's content and its dependencies."""
    document: dict[str, Any] = {}
    if result.findings:
        document["findings"] = [_row(finding) for finding in result.findings]
    if result.suppressed:
        document["suppressed"] = [_row(finding) for finding in result.suppressed]
    if result.dependencies:
        document["dependencies"] = list(result.dependencies)
    return document


def from_json(document: dict[str, Any], filename: str) -> FileResult:
    """The result that `to_json` made a document of. Raises Unreadable."""
    try:
        return FileResult(
            filename,
            findings=tuple(_finding(row, filename) for row in document.get("findings", ())),
            suppressed=tuple(_finding(row, filename) for row in document.get("suppressed", ())),
            dependencies=tuple(document.get("dependencies", ())),
        )
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        raise Unreadable(str(error)) from None


def _row(finding: Finding) -> list[Any]:
    fix = finding.fix
    return [
        finding.code,
        finding.name,
        finding.message,
        *_span(finding.start, finding.end),
        finding.noqa_row,
        None if fix is None else [fix.message, fix.applicability.value, [_edit_row(e) for e in fix.edits]],
        [
            [
                step.message,
                None if step.filename == finding.filename else step.filename,
                *_span(step.start, step.end),
                step.cell,
            ]
            for step in finding.related
        ],
        finding.condition,
        finding.parameters,
        finding.cell,
        None if finding.unnecessary is None else _span(*finding.unnecessary),
    ]


def _span(start: Position, end: Position) -> list[int]:
    return [start.row, start.column, end.row, end.column]


def _edit_row(edit: Edit) -> list[Any]:
    return [*_span(edit.start, edit.end), edit.content]


def _finding(row: list[Any], filename: str) -> Finding:
    from convbias_lint.finding import Finding, Position, Related

    code, name, message, a, b, c, d, noqa_row, fix, related, condition, parameters, cell, faded = row
    steps = []
    for text, other, e, f, g, h, where in related:
        steps.append(
            Related(text, filename if other is None else other, Position(e, f), Position(g, h), where)
        )
    return Finding(
        code,
        name,
        message,
        filename,
        Position(a, b),
        Position(c, d),
        noqa_row,
        None if fix is None else _fix(fix),
        tuple(steps),
        condition,
        parameters,
        cell,
        None if faded is None else (Position(*faded[:2]), Position(*faded[2:])),
    )


def _fix(row: list[Any]) -> Fix:
    from convbias_lint.finding import Applicability, Edit, Fix, Position

    message, applicability, edits = row
    made = tuple(Edit(Position(a, b), Position(c, d), content) for a, b, c, d, content in edits)
    return Fix(message, made, Applicability(applicability))
