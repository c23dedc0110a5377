"""Code actions: what can be done about the findings at a place, made when one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Optional

from lsprotocol import types

from convbias_lint.config import SYNTAX_ERROR
from convbias_lint.finding import Applicability, Finding
from convbias_lint.lsp import edits
from convbias_lint.lsp.diagnostics import data_of, diagnostics_of
from convbias_lint.lsp.documents import Document
from convbias_lint.lsp.session import Checked, Session
from convbias_lint.source import is_document

if TYPE_CHECKING:
    from convbias_lint.linter import FixMode

FIX_ALL = "source.fixAll.convbias-lint"
NOTEBOOK_FIX_ALL = f"notebook.{FIX_ALL}"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL, NOTEBOOK_FIX_ALL)


def actions(checked: Checked, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions for the findings that a range touches, and for all of the document; without edits yet."""
    uri = params.text_document.uri
    only = params.context.only
    found: list[types.CodeAction] = []
    number = checked.document.number_of(uri)
    cell = checked.document.cells.get(number)
    if cell is None:
        return found
    start, end = cell.rows.from_client(params.range.start), cell.rows.from_client(params.range.end)
    if _wanted(types.CodeActionKind.QuickFix, only):
        for finding in checked.findings:
            if finding.cell == number and finding.start <= end and start <= finding.end:
                diagnostic = diagnostics_of(finding, lambda *_: (uri, cell.rows))[0]
                found += _quick_fixes(uri, finding, _shown(diagnostic, params.context.diagnostics))
    kind = FIX_ALL if None in checked.document.cells else NOTEBOOK_FIX_ALL
    if any(finding.fix is not None for finding in checked.findings):
        for offered in dict.fromkeys((FIX_ALL, kind)):
            if _wanted(offered, only):
                title = "convbias-lint: fix all"
                found.append(types.CodeAction(title, kind=offered, data={"do": "fix all", "uri": uri}))
                break
    return found


def _shown(ours: types.Diagnostic, shown: Sequence[types.Diagnostic]) -> list[types.Diagnostic]:
    """The client's own copy of a diagnostic, if it sent one."""
    same = [one for one in shown if one.code == ours.code and one.range == ours.range]
    return same[:1] or [ours]


def _quick_fixes(uri: str, finding: Finding, diagnostics: list[types.Diagnostic]) -> list[types.CodeAction]:
    def action(title: str, do: str, preferred: Optional[bool] = None) -> types.CodeAction:
        return types.CodeAction(
            title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=diagnostics,
            is_preferred=preferred,
            data={"do": do, "uri": uri, **data_of(finding)},
        )

    found = []
    fix = finding.fix
    if fix is not None and fix.edits and fix.applicability is not Applicability.DISPLAY:
        safe = fix.applicability is Applicability.SAFE
        found.append(action(f"convbias-lint ({finding.code}): {fix.message}", "fix", safe or None))
    if finding.code != SYNTAX_ERROR:
        found.append(action(f"convbias-lint ({finding.code}): Disable for this line", "silence row"))
    if finding.code != SYNTAX_ERROR and not is_document(finding.filename):
        found.append(action(f"convbias-lint ({finding.code}): Disable for this file", "silence file"))
    return found


def _wanted(kind: str, only: Optional[Sequence[str]]) -> bool:
    """Whether a client that asks for some kinds, each with all below it, wants this one."""
    if only is None:
        return True
    named = [str(getattr(one, "value", one)) for one in only]
    kind = str(getattr(kind, "value", kind))
    return any(one == "" or kind == one or kind.startswith(f"{one}.") for one in named)


async def edit_of(session: Session, data: Any) -> Optional[types.WorkspaceEdit]:
    """What a chosen action does to the document as it is now; None where that is settled by now."""
    if not isinstance(data, dict) or not isinstance(data.get("uri"), str):
        return None
    checked = await session.check(data["uri"])
    if checked is None:
        return None
    if data.get("do") == "fix all":
        return await fix_all(session, checked.document)
    wanted = {key: data.get(key) for key in ("code", "row", "column", "cell")}
    for finding in checked.findings:
        if data_of(finding) == wanted:
            make = {
                "fix": edits.of_fix,
                "silence row": edits.silencing_row,
                "silence file": edits.silencing_file,
            }
            return make[data["do"]](checked.document, finding)
    return None


async def fix_all(session: Session, document: Document) -> Optional[types.WorkspaceEdit]:
    """What ``--fix`` does to a document."""
    settings = session.wanted(document.filename)
    if settings is None:
        return None
    mode: FixMode = "unsafe" if settings.unsafe_fixes else "safe"
    result = await session.worker.lint(document.data, document.filename, settings, mode)
    return None if result.new_data is None else edits.to_data(document, result.new_data)
