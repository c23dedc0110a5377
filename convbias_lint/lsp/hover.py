"""What a rule says of itself, where its code is written or its finding stands."""

from __future__ import annotations

import re
from typing import Optional

from lsprotocol import types

from convbias_lint.directives import mentioned
from convbias_lint.finding import Position
from convbias_lint.lsp.session import Checked
from convbias_lint.rules import all_rules
from convbias_lint.rules.rule import explain_markdown

_CODE = re.compile(r"\bCB\d{3}\b")


def hover(checked: Checked, uri: str, at: types.Position) -> Optional[types.Hover]:
    """The page of the rule whose code, in a suppression, or whose finding is at a place."""
    number = checked.document.number_of(uri)
    cell = checked.document.cells.get(number)
    if cell is None:
        return None
    place = cell.rows.from_client(at)
    row = cell.rows.row(place.row)
    comment = row.find("#")
    if comment >= 0 and mentioned(row[comment:]):
        for match in _CODE.finditer(row, comment):
            if match.start() < place.column <= match.end() + 1:
                start, end = (Position(place.row, offset + 1) for offset in match.span())
                return _page(match.group(), cell.rows.range(start, end))
    for finding in checked.findings:
        if finding.cell == number and finding.start <= place <= finding.end:
            return _page(finding.code, cell.rows.range(finding.start, finding.end))
    return None


def _page(code: str, range_: types.Range) -> Optional[types.Hover]:
    rule = all_rules().get(code)
    if rule is None:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, explain_markdown(rule)), range_)
