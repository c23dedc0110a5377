"""An editor, as the tests play it: the real server on standard input and output at the other end."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Optional

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

TIMEOUT = 20.0


def capabilities(*, pull: bool = False, encoding: Optional[str] = None) -> types.ClientCapabilities:
    """What Visual Studio Code can do, with diagnostics pulled or pushed."""
    found = client_capabilities("visual-studio-code")
    assert found.text_document is not None
    assert found.workspace is not None
    found.text_document.diagnostic = types.DiagnosticClientCapabilities() if pull else None
    if encoding is not None:
        found.general = found.general or types.GeneralClientCapabilities()
        found.general.position_encodings = [types.PositionEncodingKind(encoding)]
    return found


@contextlib.asynccontextmanager
async def connected(
    *folders: Path,
    pull: bool = False,
    encoding: Optional[str] = None,
    options: Optional[dict[str, Any]] = None,
    settings: Optional[dict[str, Any]] = None,
    can: Optional[types.ClientCapabilities] = None,
) -> AsyncIterator[LanguageClient]:
    """A client whose server has answered ``initialize``; it is shut down at the end."""
    client = make_test_lsp_client()
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    if settings is not None:
        client.set_configuration({"convbias-lint": settings})
    await client.start_io(sys.executable, "-m", "convbias_lint", "server")
    params = types.InitializeParams(
        capabilities=can or capabilities(pull=pull, encoding=encoding),
        workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
        initialization_options=options,
    )
    try:
        await asyncio.wait_for(client.initialize_session(params), TIMEOUT)
        yield client
        await asyncio.wait_for(client.shutdown_session(), TIMEOUT)
    finally:
        server = client._server
        if server is not None and server.returncode is None:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(server.wait(), 5)
            if server.returncode is None:
                server.kill()
        await asyncio.wait_for(client.stop(), TIMEOUT)


def opened(client: LanguageClient, path: Path, text: str, version: int = 1, language: str = "python") -> str:
    """Open a document; its URI."""
    uri = path.as_uri()
    item = types.TextDocumentItem(uri, language, version, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return uri


def changed(client: LanguageClient, uri: str, text: str, version: int) -> None:
    """Replace the whole text of a document."""
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=version, uri=uri),
            [types.TextDocumentContentChangeWholeDocument(text)],
        )
    )


async def published(
    client: LanguageClient, uri: str, version: Optional[int] = None
) -> list[types.Diagnostic]:
    """The next diagnostics of a document (of a version)."""
    found: list[types.PublishDiagnosticsParams] = []
    arrived = asyncio.Event()
    # pytest-lsp keeps the last list of each document, but not its version.
    handler = client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

    def note(params: types.PublishDiagnosticsParams) -> None:
        handler(params)
        if params.uri == uri and (version is None or params.version == version):
            found.append(params)
            arrived.set()

    client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = note
    try:
        await asyncio.wait_for(arrived.wait(), TIMEOUT)
    finally:
        client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = handler
    return list(found[-1].diagnostics)


async def pulled(
    client: LanguageClient, uri: str, previous: Optional[str] = None
) -> types.DocumentDiagnosticReport:
    """What the server answers when asked for the diagnostics of a document."""
    return await asyncio.wait_for(
        client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=previous)
        ),
        TIMEOUT,
    )


async def offered(
    client: LanguageClient, uri: str, range_: types.Range, only: Optional[list[str]] = None
) -> list[types.CodeAction]:
    """The code actions at a range."""
    context = types.CodeActionContext(diagnostics=list(client.diagnostics.get(uri, [])), only=only)
    found = await client.text_document_code_action_async(
        types.CodeActionParams(types.TextDocumentIdentifier(uri), range_, context)
    )
    return [action for action in found or () if isinstance(action, types.CodeAction)]


def applied(text: str, edit: Optional[types.WorkspaceEdit], uri: str, encoding: str = "utf-16") -> str:
    """``text`` after an edit, columns counted as the protocol says."""
    assert edit is not None
    edits: list[Any] = []
    for change in edit.document_changes or ():
        assert isinstance(change, types.TextDocumentEdit)
        if change.text_document.uri == uri:
            edits += change.edits
    edits += (edit.changes or {}).get(uri, [])
    rows = text.split("\n")

    def offset(position: types.Position) -> int:
        if position.line >= len(rows):
            return len(text)
        codec = encoding if encoding == "utf-8" else f"{encoding}-le"
        row = rows[position.line].encode(codec)
        unit = {"utf-16": 2, "utf-8": 1, "utf-32": 4}[encoding]
        characters = len(row[: position.character * unit].decode(codec))
        return sum(len(one) + 1 for one in rows[: position.line]) + characters

    for one in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        text = text[: offset(one.range.start)] + one.new_text + text[offset(one.range.end) :]
    return text
