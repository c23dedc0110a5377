"""Requests that are cancelled, that fail, that overtake each other, and files that take long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsp_client import TIMEOUT, applied, changed, connected, offered, opened, published
from lsprotocol import types
from pygls.exceptions import JsonRpcException

pytestmark = pytest.mark.asyncio

MODEL = "from torch import nn\n\nnet = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\n"
START = types.Position(2, 22)
BLOCK = """

class Block{n}(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
"""
LARGE = "from torch import nn\n" + "".join(BLOCK.replace("{n}", str(number)) for number in range(400))


def place(uri: str) -> types.HoverParams:
    return types.HoverParams(types.TextDocumentIdentifier(uri), START)


async def test_a_large_file_does_not_keep_others_waiting(tmp_path: Path) -> None:
    """While it is looked at the server answers, cancels what is asked for, and takes in changes."""
    async with connected(tmp_path, options={"debounce": 0}) as client:
        small = opened(client, tmp_path / "small.py", MODEL)
        await published(client, small, 1)
        large = opened(client, tmp_path / "large.py", LARGE)
        waiting = asyncio.ensure_future(published(client, large, 1))
        cancelled = asyncio.ensure_future(
            client.protocol.send_request_async(types.TEXT_DOCUMENT_HOVER, place(large), msg_id="cancel me")
        )
        await asyncio.sleep(0.05)
        client.cancel_request(types.CancelParams("cancel me"))
        with pytest.raises(JsonRpcException, match=r"[Cc]ancel"):
            await asyncio.wait_for(cancelled, TIMEOUT)
        assert (await client.text_document_hover_async(place(small))) is not None
        assert len(await offered(client, small, types.Range(START, START))) == 4
        assert not waiting.done(), "the large file was done before anything was asked"
        assert len(await waiting) == 400


async def test_a_request_that_fails_is_logged_and_the_next_one_works(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        action = next(
            one for one in await offered(client, uri, types.Range(START, START)) if "fix all" not in one.title
        )
        assert isinstance(action.data, dict)
        nonsense = types.CodeAction("dance", data={**action.data, "do": "dance"})
        with pytest.raises(JsonRpcException):
            await client.code_action_resolve_async(nonsense)
        action = await client.code_action_resolve_async(action)
        assert "bias=False" in applied(MODEL, action.edit, uri)
        # What was logged was sent before that answer.
        logged = [one for one in client.log_messages if one.type == types.MessageType.Error]
        assert "dance" in logged[-1].message
        assert "\n" not in logged[-1].message


async def test_what_is_pulled_is_said_of_the_newest_text(tmp_path: Path) -> None:
    async with connected(tmp_path, pull=True) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        first = asyncio.ensure_future(client.text_document_diagnostic_async(asked))
        await asyncio.sleep(0)
        changed(client, uri, "\n\n" + MODEL, 2)
        report = await asyncio.wait_for(first, TIMEOUT)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert [one.range.start.line for one in report.items] == [4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_fixes_behind_wide_characters(encoding: str, tmp_path: Path) -> None:
    text = "from torch import nn\n'é😀'; net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\n"
    async with connected(tmp_path, encoding=encoding) as client:
        uri = opened(client, tmp_path / "wide.py", text)
        found = (await published(client, uri, 1))[0]
        for action in await offered(client, uri, found.range):
            action = await client.code_action_resolve_async(action)
            if "Set `bias=False`" in action.title or "fix all" in action.title:
                assert applied(text, action.edit, uri, encoding) == text.replace("2, 3)", "2, 3, bias=False)")
            elif "line" in action.title:
                assert applied(text, action.edit, uri, encoding) == text[:-1] + "  # noqa: CB101\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_fix_all_on_a_last_row_of_wide_characters(encoding: str, tmp_path: Path) -> None:
    text = MODEL[:-1] + "  # " + "漢" * 200
    async with connected(tmp_path, encoding=encoding) as client:
        uri = opened(client, tmp_path / "wide.py", text)
        await published(client, uri, 1)
        actions = await offered(client, uri, types.Range(START, START), ["source.fixAll"])
        action = await client.code_action_resolve_async(actions[0])
        assert action.edit is not None
        assert action.edit.document_changes is not None
        change = action.edit.document_changes[0]
        assert isinstance(change, types.TextDocumentEdit)
        end = change.edits[0].range.end  # type: ignore[union-attr]
        units = {"utf-8": 3, "utf-16": 1, "utf-32": 1}[encoding]
        assert end.line == 2
        assert end.character >= len(text.split("\n")[2]) - 200 + 200 * units


async def test_what_is_typed_while_a_saved_text_is_looked_at(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"run": "onSave"}) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await asyncio.sleep(0.1)  # the linting process starts
        changed(client, uri, MODEL + "# more\n", 2)
        assert len(await published(client, uri)) == 1


async def test_a_folder_whose_name_is_written_with_escapes(tmp_path: Path) -> None:
    folder = tmp_path / "my models"
    folder.mkdir()
    (folder / "net.py").write_text(MODEL)
    async with connected(folder, pull=True) as client:
        uri = opened(client, folder / "net.py", "\n" + MODEL)
        report = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        full = report.items[0]
        assert isinstance(full, types.WorkspaceFullDocumentDiagnosticReport)
        assert (full.uri, full.version, full.items[0].range.start.line) == (uri, 1, 3)
    async with connected(folder) as client:
        uri = opened(client, folder / "net.py", MODEL)
        assert len(await published(client, uri, 1)) == 1
        client.workspace_did_change_configuration(
            types.DidChangeConfigurationParams({"convbias-lint": {"ignore": ["CB101"]}})
        )
        assert await published(client, uri) == []


async def test_prose_is_silenced_by_the_line_only(tmp_path: Path) -> None:
    text = f"# Title\n\n```python\n{MODEL}```\n"
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "page.md", text, language="markdown")
        found = (await published(client, uri, 1))[0]
        titles = [action.title for action in await offered(client, uri, found.range)]
        assert any("this line" in title for title in titles)
        assert not any("this file" in title for title in titles)


async def test_a_closed_notebook_takes_its_findings_along(tmp_path: Path) -> None:
    uri = (tmp_path / "net.ipynb").as_uri()
    cell = f"{uri}#1"
    notebook = types.NotebookDocument(
        uri, "jupyter-notebook", 1, [types.NotebookCell(types.NotebookCellKind.Code, cell)]
    )
    async with connected(tmp_path) as client:
        client.notebook_document_did_open(
            types.DidOpenNotebookDocumentParams(notebook, [types.TextDocumentItem(cell, "python", 1, MODEL)])
        )
        assert len(await published(client, cell)) == 1
        client.notebook_document_did_save(
            types.DidSaveNotebookDocumentParams(types.NotebookDocumentIdentifier(uri))
        )
        assert len(await published(client, cell)) == 1
        client.notebook_document_did_close(
            types.DidCloseNotebookDocumentParams(
                types.NotebookDocumentIdentifier(uri), [types.TextDocumentIdentifier(cell)]
            )
        )
        assert await published(client, cell) == []
