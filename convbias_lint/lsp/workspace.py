"""Findings in all files of the workspace, for clients that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional, Union

from lsprotocol import types
from pygls.uris import from_fs_path
from pygls.workspace import Workspace

from convbias_lint.config import ConfigError
from convbias_lint.discovery import discover
from convbias_lint.linter import worth_a_look
from convbias_lint.lsp.documents import Cell, Document, encoding_of, path_of
from convbias_lint.lsp.positions import Rows
from convbias_lint.lsp.session import Checked, Session, result_id
from convbias_lint.source import SourceError, open_source

Report = Union[types.WorkspaceFullDocumentDiagnosticReport, types.WorkspaceUnchangedDocumentDiagnosticReport]


async def workspace_reports(
    session: Session, workspace: Workspace, params: types.WorkspaceDiagnosticParams
) -> Sequence[Report]:
    """A report for each file with findings, or whose findings the client still shows."""
    known = {previous.uri: previous.value for previous in params.previous_result_ids}
    reports: list[Report] = []
    for path in _paths(session, workspace):
        uri = from_fs_path(path) or path
        opened = session.document(uri)
        if opened is not None:
            uri = opened.uri  # as the client writes it
            checked, version = await session.check(uri), opened.version
        else:
            checked, version = await _on_disk(session, workspace, path, uri), None
        items = [] if checked is None else session.diagnostics(checked).get(uri, [])
        name = result_id(items)
        if known.get(uri) == name:
            reports.append(
                types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, result_id=name, version=version)
            )
        elif items or uri in known:
            reports.append(
                types.WorkspaceFullDocumentDiagnosticReport(
                    uri=uri, items=items, version=version, result_id=name
                )
            )
    return reports


def _paths(session: Session, workspace: Workspace) -> list[str]:
    paths: list[str] = []
    for folder in workspace.folders.values():
        place = path_of(folder.uri)
        try:
            found = discover([place], session.settings.finder(place))
        except ConfigError as error:
            session.settings.problem = str(error)
            continue
        paths += [target.path for target in found.targets]
    return list(dict.fromkeys(paths))


async def _on_disk(session: Session, workspace: Workspace, path: str, uri: str) -> Optional[Checked]:
    """What is said of a file that is not open; notebooks are shown when they are."""
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError:
        return None
    settings = session.wanted(path)
    if settings is None or path.endswith(".ipynb") or not worth_a_look(data, path, settings.layers):
        return None
    result = await session.worker.lint(data, path, settings)
    try:
        text = open_source(data, path).shown()
    except SourceError:
        text = ""
    rows = Rows(text, encoding_of(workspace))
    document = Document(uri, path, None, data, {None: Cell(uri, None, rows)})
    return Checked(document, result.findings, result.error)
