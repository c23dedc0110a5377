"""The server: what the client asks and tells, on pygls."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections.abc import Iterable
from typing import Any, Optional

from lsprotocol import types
from pygls.exceptions import JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from convbias_lint import __version__
from convbias_lint.config_files import FILE_NAMES
from convbias_lint.lsp.actions import FIX_ALL, KINDS, actions, edit_of, fix_all
from convbias_lint.lsp.documents import encoding_of, path_of
from convbias_lint.lsp.edits import without_versions
from convbias_lint.lsp.hover import hover
from convbias_lint.lsp.session import Checked, Session, result_id
from convbias_lint.lsp.settings import SECTION, ClientSettings
from convbias_lint.lsp.workspace import workspace_reports

APPLY = "convbias-lint.applyAutofix"
DEBUG = "convbias-lint.printDebugInformation"


class Server(LanguageServer):
    """Findings for the open documents."""

    def __init__(self) -> None:
        notebooks = types.NotebookDocumentSyncOptions(
            notebook_selector=[
                types.NotebookDocumentFilterWithCells(
                    cells=[types.NotebookCellLanguage(language="python")], notebook="jupyter-notebook"
                )
            ],
            save=True,
        )
        super().__init__("convbias-lint", __version__, notebook_document_sync=notebooks)
        self.session = Session(lambda: self.workspace)
        self._waiting: dict[str, asyncio.Task[None]] = {}

    # -- telling the client ---------------------------------------------------------------------

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics itself."""
        text = self.client_capabilities.text_document
        return text is not None and text.diagnostic is not None

    def look(self, uri: str, after: float = 0.0) -> None:
        """Look at a document soon, unless it changes again before."""
        if self.pulls:
            return
        notebook = self.workspace.get_notebook_document(cell_uri=uri)
        key = uri if notebook is None else notebook.uri
        waiting = self._waiting.pop(key, None)
        if waiting is not None:
            waiting.cancel()
        task = asyncio.get_running_loop().create_task(self._publish(key, after))
        self._waiting[key] = task
        task.add_done_callback(lambda done: self._done(key, done))

    def look_again(self, uris: Optional[Iterable[str]] = None) -> None:
        """Look at documents again whose findings may have changed without them."""
        if self.pulls:
            able = self.client_capabilities.workspace
            if able and able.diagnostics and able.diagnostics.refresh_support:
                self.workspace_diagnostic_refresh(None)
            return
        if uris is None:
            workspace = self.workspace
            shown = (*workspace.text_documents.values(), *workspace.notebook_documents.values())
            uris = [document.uri for document in shown]
        for uri in uris:
            self.look(uri)

    async def _publish(self, uri: str, after: float) -> None:
        if after:
            await asyncio.sleep(after)
        checked = await self.session.check(uri)
        if checked is None or self.session.document(uri) is None:
            return
        if self.session.is_stale(checked) and self.session.settings.client.run == "onType":
            return  # a newer text is being looked at
        self._publish_checked(checked)
        self.complain()

    def _publish_checked(self, checked: Checked) -> None:
        versions = {cell.uri: cell.version for cell in checked.document.cells.values()}
        for uri, diagnostics in self.session.diagnostics(checked).items():
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, diagnostics, versions.get(uri))
            )

    def _done(self, uri: str, task: asyncio.Task[None]) -> None:
        if self._waiting.get(uri) is task:
            del self._waiting[uri]
        if not task.cancelled() and task.exception() is not None:
            self.log(f"{uri}: {task.exception()!r}", types.MessageType.Error)

    def forget(self, uri: str) -> None:
        """The client closed a document."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()
        self.session.close(uri)

    def log(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        self.window_log_message(types.LogMessageParams(kind, message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """An error in one request is a line in the client's log; the next request is served."""
        if source is not JsonRpcInternalError:  # sending failed: so would this
            self.log(" ".join(str(error).split()), types.MessageType.Error)

    def complain(self) -> None:
        """Show what is wrong with the settings, once."""
        problems = self.session.settings.client.problems
        self.session.settings.client.problems = []
        if self.session.settings.problem is not None:
            problems = [*problems, self.session.settings.problem]
            self.session.settings.problem = None
        for problem in dict.fromkeys(problems):
            message = f"convbias-lint: {problem}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    # -- settings -------------------------------------------------------------------------------

    async def read_settings(self, given: object = None) -> None:
        """Ask the client for its settings, or take those that it sent."""
        workspace = self.client_capabilities.workspace
        if workspace is not None and workspace.configuration:
            item = types.ConfigurationItem(section=SECTION)
            answer = await self.workspace_configuration_async(types.ConfigurationParams([item]))
            if answer and isinstance(answer[0], dict) and answer[0]:
                given = answer[0]
        self.session.configure(ClientSettings(given))
        self.complain()

    async def watch_files(self) -> None:
        """Ask to be told of changed files, where the client can."""
        workspace = self.client_capabilities.workspace
        watched = None if workspace is None else workspace.did_change_watched_files
        if watched is None or not watched.dynamic_registration:
            return
        names = ("**/*.py", *(f"**/{name}" for name in FILE_NAMES))
        options = types.DidChangeWatchedFilesRegistrationOptions(
            [types.FileSystemWatcher(glob_pattern=name) for name in names]
        )
        await self.client_register_capability_async(
            types.RegistrationParams(
                [types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
            )
        )


def make_server() -> Server:
    """The server with all that it answers."""
    server = Server()
    _lifecycle(server)
    _documents(server)
    _questions(server)
    _commands(server)
    return server


def _lifecycle(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.session.configure(ClientSettings(params.initialization_options))
        server.session.worker.start()

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        await server.watch_files()
        await server.read_settings(server.session.settings.client.given)
        server.look_again()

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.session.worker.stop()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        await server.read_settings(params.settings)
        server.look_again()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(_: types.DidChangeWorkspaceFoldersParams) -> None:
        server.session.configure(server.session.settings.client)
        server.look_again()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(params: types.DidChangeWatchedFilesParams) -> None:
        paths = [path_of(change.uri) for change in params.changes]
        if any(os.path.basename(path) in FILE_NAMES for path in paths):
            server.session.configure(server.session.settings.client)
            server.look_again()
        else:
            server.look_again(server.session.changed_on_disk(paths))


def _documents(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        client = server.session.settings.client
        if client.run == "onType":
            server.look(params.text_document.uri, client.debounce)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.look(uri)
        server.look_again(server.session.changed_on_disk([path_of(uri)]))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.forget(uri)
        if not server.pulls:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def notebook_did_open(params: types.DidOpenNotebookDocumentParams) -> None:
        server.look(params.notebook_document.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def notebook_did_change(params: types.DidChangeNotebookDocumentParams) -> None:
        client = server.session.settings.client
        if client.run == "onType":
            server.look(params.notebook_document.uri, client.debounce)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_SAVE)
    def notebook_did_save(params: types.DidSaveNotebookDocumentParams) -> None:
        server.look(params.notebook_document.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def notebook_did_close(params: types.DidCloseNotebookDocumentParams) -> None:
        server.forget(params.notebook_document.uri)
        if not server.pulls:
            for cell in params.cell_text_documents:
                server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(cell.uri, []))


def _questions(server: Server) -> None:
    pull = types.DiagnosticOptions(
        identifier="convbias-lint", inter_file_dependencies=True, workspace_diagnostics=True
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pull)
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        uri = params.text_document.uri
        checked = await server.session.check(uri)
        while checked is not None and server.session.is_stale(checked):
            checked = await server.session.check(uri)
        server.complain()
        items = [] if checked is None else server.session.diagnostics(checked).get(uri, [])
        name = result_id(items)
        if params.previous_result_id == name:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
        return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=name)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(
        params: types.WorkspaceDiagnosticParams,
    ) -> types.WorkspaceDiagnosticReport:
        return types.WorkspaceDiagnosticReport(
            await workspace_reports(server.session, server.workspace, params)
        )

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(list(KINDS), resolve_provider=True)
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        checked = await server.session.check(params.text_document.uri)
        found = [] if checked is None else actions(checked, params)
        if not _resolves(server):
            for action in found:
                action.edit = _for_client(server, await edit_of(server.session, action.data))
        return found

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        action.edit = _for_client(server, await edit_of(server.session, action.data))
        return action

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover_(params: types.HoverParams) -> Optional[types.Hover]:
        checked = await server.session.check(params.text_document.uri)
        return None if checked is None else hover(checked, params.text_document.uri, params.position)


def _commands(server: Server) -> None:
    @server.command(APPLY)
    async def apply_autofix(document: Any) -> None:
        uri = document.get("uri") if isinstance(document, dict) else document
        found = server.session.document(uri) if isinstance(uri, str) else None
        edit = None if found is None else await fix_all(server.session, found)
        if edit is not None:
            params = types.ApplyWorkspaceEditParams(_for_client(server, edit) or edit, label=FIX_ALL)
            await server.workspace_apply_edit_async(params)

    @server.command(DEBUG)
    def print_debug_information() -> str:
        session = server.session
        settings = session.settings
        lines = [
            f"convbias-lint {__version__}, Python {platform.python_version()} at {sys.executable}",
            f"position encoding: {encoding_of(server.workspace)}",
            f"workspace folders: {', '.join(server.workspace.folders) or 'none'}",
            f"open documents: {len(server.workspace.text_documents)}",
            f"client settings: {settings.client.table or 'none'}",
            f"diagnostics are {'pulled' if server.pulls else 'pushed'}; linting process {session.worker.pid}",
        ]
        for uri in list(server.workspace.text_documents)[:20]:
            found = session.document(uri)
            if found is not None:
                lines.append(f"{uri}: settings of {settings.document(found.filename).source or 'no file'}")
        text = "\n".join(lines)
        server.log(text)
        return text


def _resolves(server: Server) -> bool:
    """Whether the client asks for the edit of a code action when it is chosen."""
    text = server.client_capabilities.text_document
    action = None if text is None else text.code_action
    support = None if action is None else action.resolve_support
    return support is not None and "edit" in support.properties


def _for_client(server: Server, edit: Optional[types.WorkspaceEdit]) -> Optional[types.WorkspaceEdit]:
    workspace = server.client_capabilities.workspace
    able = workspace is not None and workspace.workspace_edit is not None
    if edit is None or (able and workspace.workspace_edit.document_changes):  # type: ignore[union-attr]
        return edit
    return without_versions(edit)
