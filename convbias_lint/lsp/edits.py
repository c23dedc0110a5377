"""Changes of documents: one fix, all fixes, a suppression."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from lsprotocol import types

from convbias_lint.finding import Edit, Finding, Position
from convbias_lint.lsp.documents import Cell, Document
from convbias_lint.suppressions import Suppressions

_ROW = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_ABOVE_CODE = re.compile(r"#!|#.*coding[:=]")


def of_fix(document: Document, finding: Finding) -> Optional[types.WorkspaceEdit]:
    """The edits of a finding's own fix."""
    cell = document.cells.get(finding.cell)
    if finding.fix is None or cell is None:
        return None
    return _workspace_edit([(cell, [cell.rows.text_edit(edit) for edit in finding.fix.edits])])


def silencing_row(document: Document, finding: Finding) -> Optional[types.WorkspaceEdit]:
    """A ``# noqa`` for a finding."""
    cell = document.cells.get(finding.cell)
    if cell is None:
        return None
    edits = Suppressions("\n".join(cell.rows.rows)).additions([finding])
    return _workspace_edit([(cell, [cell.rows.text_edit(edit) for edit in edits])])


def silencing_file(document: Document, finding: Finding) -> Optional[types.WorkspaceEdit]:
    """A comment on top that silences the rule of a finding in the whole file."""
    cell = document.cells.get(finding.cell)
    if cell is None:
        return None
    row = 1
    while row <= 2 and _ABOVE_CODE.match(cell.rows.row(row)):
        row += 1
    top = Position(row, 1)
    edit = Edit(top, top, f"# convbias-lint: ignore-file[{finding.code}]\n")
    return _workspace_edit([(cell, [cell.rows.text_edit(edit)])])


def to_data(document: Document, data: bytes) -> Optional[types.WorkspaceEdit]:
    """What turns the document into ``data``; None where nothing changes."""
    text = data.decode("utf-8", "surrogatepass")
    if None in document.cells:
        return _workspace_edit([(document.cells[None], _changes(document.text, text))])
    before, after = (json.loads(written)["cells"] for written in (document.text, text))
    changed = []
    for number, (old, new) in enumerate(zip(before, after), 1):
        if old["source"] != new["source"]:
            changed.append((document.cells[number], _changes(_joined(old), _joined(new))))
    return _workspace_edit(changed)


def _joined(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _changes(before: str, after: str) -> list[types.TextEdit]:
    """The rows that differ."""
    old, new = _ROW.findall(before), _ROW.findall(after)
    edits = []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal":
            range_ = types.Range(_start_of(old, start), _start_of(old, end))
            edits.append(types.TextEdit(range_, "".join(new[new_start:new_end])))
    return edits


def _start_of(rows: Sequence[str], number: int) -> types.Position:
    """Where a row begins; the end of the text behind the last, which may end without a newline."""
    if number < len(rows) or not rows or rows[-1][-1:] in "\r\n":
        return types.Position(number, 0)
    # Clients clip a column beyond the row's end to it; a character has at most four units.
    return types.Position(number - 1, 4 * len(rows[-1]))


def _workspace_edit(
    changes: Sequence[tuple[Cell, Sequence[types.TextEdit]]],
) -> Optional[types.WorkspaceEdit]:
    documents = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(uri=cell.uri, version=cell.version), list(edits)
        )
        for cell, edits in changes
        if edits
    ]
    return types.WorkspaceEdit(document_changes=documents) if documents else None


def without_versions(edit: types.WorkspaceEdit) -> types.WorkspaceEdit:
    """The same for clients that know of no versioned edits."""
    changes: dict[str, Sequence[types.TextEdit]] = {}
    for document in edit.document_changes or ():
        if isinstance(document, types.TextDocumentEdit):
            changes[document.text_document.uri] = [
                one for one in document.edits if isinstance(one, types.TextEdit)
            ]
    return types.WorkspaceEdit(changes=changes)
