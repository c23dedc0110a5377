"""Findings as the diagnostics of the protocol."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Optional

from lsprotocol import types

from convbias_lint.finding import Finding, Position
from convbias_lint.lsp.positions import Rows
from convbias_lint.reports.severity import severity

SOURCE = "convbias-lint"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_KEYWORD = re.compile(r"\b\w+\s*=\s*$")
Place = Callable[[str, Optional[int]], "tuple[str, Rows]"]
"""The URI and the rows of a file, or of one cell of it."""


def diagnostics_of(finding: Finding, place: Place) -> list[types.Diagnostic]:
    """The diagnostic of a finding, and a hint on the bias argument, faded, where one is written."""
    _, rows = place(finding.filename, finding.cell)
    link = types.CodeDescription(href=finding.url)
    main = types.Diagnostic(
        range=rows.range(finding.start, finding.end),
        severity=_SEVERITIES[severity(finding.code)],
        code=finding.code,
        code_description=link,
        source=SOURCE,
        message=finding.message,
        related_information=_related(finding, place),
        data=data_of(finding),
    )
    if finding.unnecessary is None:
        return [main]
    hint = types.Diagnostic(
        range=rows.range(_with_its_name(finding.unnecessary[0], rows), finding.unnecessary[1]),
        severity=types.DiagnosticSeverity.Hint,
        code=finding.code,
        code_description=link,
        source=SOURCE,
        message="This argument has no effect",
        tags=[types.DiagnosticTag.Unnecessary],
    )
    return [main, hint]


def _with_its_name(start: Position, rows: Rows) -> Position:
    """Where an argument begins whose value stands at a place: ``bias=`` is as idle as its value."""
    name = _KEYWORD.search(rows.row(start.row)[: start.column - 1])
    return start if name is None else Position(start.row, name.start() + 1)


def data_of(finding: Finding) -> dict[str, object]:
    """What tells a finding from the others of its file."""
    return {
        "code": finding.code,
        "row": finding.start.row,
        "column": finding.start.column,
        "cell": finding.cell,
    }


def _related(finding: Finding, place: Place) -> Optional[list[types.DiagnosticRelatedInformation]]:
    related = []
    for step in finding.related:
        uri, rows = place(step.filename, step.cell)
        location = types.Location(uri, rows.range(step.start, step.end))
        related.append(types.DiagnosticRelatedInformation(location, step.message))
    return related or None
