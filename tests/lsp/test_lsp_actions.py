"""Code actions, hover, commands and settings."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsp_client import applied, capabilities, changed, connected, offered, opened, published, pulled
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient

from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes

pytestmark = pytest.mark.asyncio

MODEL = """\
import torch.nn as nn

wide = "\U0001f600 寬"; net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
other = nn.Sequential(nn.Conv2d(4, 8, 3, bias=True), nn.BatchNorm2d(8))
"""
ALL = types.Range(types.Position(0, 0), types.Position(99, 0))
ROW_3 = types.Range(types.Position(2, 45), types.Position(2, 45))


def fixed(text: str) -> str:
    data = lint_bytes(text.encode(), "net.py", Settings(), fix="safe").new_data
    assert data is not None
    return data.decode()


async def chosen(client: LanguageClient, uri: str, title: str, range_: types.Range = ROW_3) -> Any:
    """The edit of the one action that has ``title`` in its own."""
    (action,) = [one for one in await offered(client, uri, range_) if title in one.title]
    assert action.edit is None, "edits are made when an action is chosen"
    return (await client.code_action_resolve_async(action)).edit


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_fix_one_and_fix_all(encoding: str, tmp_path: Path) -> None:
    async with connected(tmp_path, encoding=encoding) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        once = applied(MODEL, await chosen(client, uri, "(CB101): Set"), uri, encoding)
        rows = once.split("\n")
        assert rows[2] == fixed(MODEL).split("\n")[2]
        assert rows[3] == MODEL.split("\n")[3]
        whole = await offered(client, uri, ALL, ["source.fixAll"])
        assert [action.kind for action in whole] == ["source.fixAll.convbias-lint"]
        resolved = await client.code_action_resolve_async(whole[0])
        assert applied(MODEL, resolved.edit, uri, encoding) == fixed(MODEL)


async def test_disable_for_this_line_and_this_file(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        line = applied(MODEL, await chosen(client, uri, "for this line"), uri)
        changed(client, uri, line, 2)
        assert {one.range.start.line for one in await published(client, uri, 2)} == {3}
        changed(client, uri, MODEL, 3)
        await published(client, uri, 3)
        file = applied(MODEL, await chosen(client, uri, "for this file"), uri)
        changed(client, uri, file, 4)
        assert await published(client, uri, 4) == []


async def test_a_client_that_cannot_resolve_gets_edits_at_once(tmp_path: Path) -> None:
    can = capabilities()
    assert can.text_document is not None
    assert can.text_document.code_action is not None
    assert can.workspace is not None
    can.text_document.code_action.resolve_support = None
    can.workspace.workspace_edit = None
    async with connected(tmp_path, can=can) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        (action,) = await offered(client, uri, ALL, ["source.fixAll.convbias-lint"])
        assert action.edit is not None
        assert action.edit.document_changes is None
        assert applied(MODEL, action.edit, uri) == fixed(MODEL)


async def test_hover_on_findings_and_on_codes_in_comments(tmp_path: Path) -> None:
    text = MODEL.replace("nn.BatchNorm2d(8))", "nn.BatchNorm2d(8))  # noqa: CB101")
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", text)
        await published(client, uri, 1)

        async def page(line: int, character: int) -> str:
            place = types.Position(line, character)
            found = await client.text_document_hover_async(
                types.HoverParams(types.TextDocumentIdentifier(uri), place)
            )
            if found is None:
                return ""
            assert isinstance(found.contents, types.MarkupContent)
            return found.contents.value

        assert "conv-bias-before-batch-norm" in await page(2, 45)
        assert "conv-bias-before-batch-norm" in await page(3, text.split("\n")[3].index("CB101") + 2)
        assert await page(0, 3) == ""


async def test_commands(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        edits: list[types.ApplyWorkspaceEditParams] = []

        @client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            edits.append(params)
            return types.ApplyWorkspaceEditResult(applied=True)

        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        command = types.ExecuteCommandParams("convbias-lint.applyAutofix", [{"uri": uri}])
        await client.workspace_execute_command_async(command)
        assert applied(MODEL, edits[0].edit, uri) == fixed(MODEL)
        debug = types.ExecuteCommandParams("convbias-lint.printDebugInformation")
        text = await client.workspace_execute_command_async(debug)
        assert "position encoding: utf-16" in str(text)
        assert any("open documents: 1" in one.message for one in client.log_messages)


async def test_settings_of_the_client_and_of_files(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    table = '[tool.convbias-lint]\nignore = ["CB101"]\n'
    (second / "pyproject.toml").write_text(table)
    async with connected(first, second) as client:
        one = opened(client, first / "net.py", MODEL)
        assert len(await published(client, one, 1)) == 3
        two = opened(client, second / "net.py", MODEL)
        assert await published(client, two, 1) == []
        outside = opened(client, tmp_path / "net.py", MODEL)
        assert len(await published(client, outside, 1)) == 3
        (second / "pyproject.toml").write_text("")
        event = types.FileEvent((second / "pyproject.toml").as_uri(), types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert len(await published(client, two)) == 3


async def test_settings_of_the_client_change(tmp_path: Path) -> None:
    async with connected(tmp_path, settings={"ignore": ["CB101"]}) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        assert await published(client, uri) == []
        client.set_configuration({"convbias-lint": {}})
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        assert len(await published(client, uri)) == 3


async def test_settings_that_are_wrong_are_told_once(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"ignore": ["CB9999"], "run": "never"}) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        assert len(await published(client, uri, 1)) == 3
        changed(client, uri, MODEL + "\n", 2)
        await published(client, uri, 2)
        told = [one.message for one in client.messages]
        assert len(told) == len(set(told)) == 2
        assert any("`onType` or `onSave`, not `never`" in one for one in told)
        assert any("unknown rule `CB9999`" in one for one in told)


async def test_an_error_in_one_request_is_logged_and_the_next_one_works(tmp_path: Path) -> None:
    async with connected(tmp_path, pull=True) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await pulled(client, uri)
        action = (await offered(client, uri, ROW_3))[0]
        action.data = {**dict(action.data or {}), "do": "no such thing"}
        with pytest.raises(JsonRpcException):
            await client.code_action_resolve_async(action)
        assert isinstance(await pulled(client, uri), types.RelatedFullDocumentDiagnosticReport)
        assert any("no such thing" in one.message for one in client.log_messages)


async def test_a_request_can_be_cancelled(tmp_path: Path) -> None:
    async with connected(tmp_path, pull=True) as client:
        uri = opened(client, tmp_path / "net.py", MODEL * 20)
        request = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        answer = client.protocol.send_request("textDocument/diagnostic", request, msg_id="slow")
        client.cancel_request(types.CancelParams("slow"))
        with pytest.raises((JsonRpcException, asyncio.CancelledError)):
            await asyncio.wait_for(asyncio.wrap_future(answer), 20)
        assert isinstance(await pulled(client, uri), types.RelatedFullDocumentDiagnosticReport)
