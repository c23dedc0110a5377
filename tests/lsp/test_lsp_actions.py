"""What can be done about a finding: fixes, suppressions, hovers, commands, settings."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from lsp_client import applied, capabilities, changed, connected, offered, opened, published
from lsprotocol import types

from convbias_lint import lint_source
from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes

pytestmark = pytest.mark.asyncio

MODEL = """\
#!/usr/bin/env python
import torch.nn as nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),
    nn.BatchNorm2d(4),
    nn.Conv2d(4, 5, 3, bias=True),
    nn.BatchNorm2d(5),
)
"""
FIRST = types.Range(types.Position(4, 6), types.Position(4, 6))
ALL = types.Range(types.Position(0, 0), types.Position(9, 0))


def titled(actions: list[types.CodeAction], part: str) -> types.CodeAction:
    found = [action for action in actions if part in action.title]
    assert found, [action.title for action in actions]
    return found[0]


async def test_a_quick_fix_is_made_when_it_is_chosen(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        found = await published(client, uri, 1)
        actions = await offered(client, uri, FIRST, ["quickfix"])
        fix = titled(actions, "Set `bias=False`")
        assert fix.is_preferred
        assert fix.edit is None
        assert [one.range for one in fix.diagnostics or ()] == [found[0].range]
        fix = await client.code_action_resolve_async(fix)
        assert applied(MODEL, fix.edit, uri) == MODEL.replace("(3, 4, 3)", "(3, 4, 3, bias=False)")
        # Chosen after the text went on: the edit is of the text as it is now.
        later = titled(actions, "Set `bias=False`")
        changed(client, uri, MODEL + "\nx = 1\n", 2)
        later = await client.code_action_resolve_async(later)
        assert "bias=False" in applied(MODEL + "\nx = 1\n", later.edit, uri)


async def test_fix_all_writes_what_the_command_writes(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        actions = await offered(client, uri, FIRST, ["source.fixAll"])
        assert [action.kind for action in actions] == ["source.fixAll.convbias-lint"]
        action = await client.code_action_resolve_async(actions[0])
        fixed = lint_bytes(MODEL.encode(), "net.py", Settings(), fix="safe").new_data
        assert fixed is not None
        assert applied(MODEL, action.edit, uri) == fixed.decode()


@pytest.mark.parametrize("title", ["Disable for this line", "Disable for this file"])
async def test_suppressions_silence(title: str, tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        action = titled(await offered(client, uri, FIRST), title)
        action = await client.code_action_resolve_async(action)
        text = applied(MODEL, action.edit, uri)
        left = [finding.start.row for finding in lint_source(text)]
        assert left == ([7] if "line" in title else [])
        assert text.startswith("#!/usr/bin/env python\n")


async def test_clients_that_resolve_nothing_get_the_edits_at_once(tmp_path: Path) -> None:
    can = capabilities()
    assert can.text_document is not None
    assert can.text_document.code_action is not None
    assert can.workspace is not None
    assert can.workspace.workspace_edit is not None
    can.text_document.code_action.resolve_support = None
    can.workspace.workspace_edit.document_changes = False
    async with connected(tmp_path, can=can) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        fix = titled(await offered(client, uri, FIRST), "fix all")
        assert fix.edit is not None
        assert fix.edit.document_changes is None
        assert applied(MODEL, fix.edit, uri).count("bias=False") == 2


async def test_nothing_is_offered_where_nothing_is_found(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", "x = 1\n")
        await published(client, uri, 1)
        assert await offered(client, uri, FIRST) == []


async def test_the_page_of_a_rule_on_hover(tmp_path: Path) -> None:
    text = MODEL.replace("3, bias=True),", "3, bias=True),  # noqa: CB101")
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", text)
        await published(client, uri, 1)

        async def at(line: int, character: int) -> str:
            place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
            found = await client.text_document_hover_async(place)
            contents = None if found is None else found.contents
            return contents.value if isinstance(contents, types.MarkupContent) else ""

        code = text.split("\n")[6].index("CB101")
        assert (await at(6, code + 1)).startswith("# conv-bias-before-batch-norm (CB101)")
        assert (await at(4, 8)).startswith("# conv-bias-before-batch-norm (CB101)")
        assert await at(1, 3) == ""


async def test_commands(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        edits: list[types.WorkspaceEdit] = []

        @client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            edits.append(params.edit)
            return types.ApplyWorkspaceEditResult(applied=True)

        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        await client.workspace_execute_command_async(
            types.ExecuteCommandParams("convbias-lint.applyAutofix", [{"uri": uri}])
        )
        assert applied(MODEL, edits[0], uri).count("bias=False") == 2
        text = await client.workspace_execute_command_async(
            types.ExecuteCommandParams("convbias-lint.printDebugInformation")
        )
        assert "position encoding: utf-16" in str(text)
        assert any("convbias-lint" in message.message for message in client.log_messages)


async def test_settings_from_the_client_and_their_change(tmp_path: Path) -> None:
    async with connected(tmp_path, settings={"ignore": ["CB101"]}) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        assert await published(client, uri, 1) == []
        client.set_configuration({"convbias-lint": {"ignore": []}})
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        assert len(await published(client, uri)) == 3


async def test_settings_sent_at_the_start(tmp_path: Path) -> None:
    can = capabilities()
    assert can.workspace is not None
    can.workspace.configuration = False
    options = {"settings": {"extendSelect": ["CB203"], "ignore": ["CB101"]}}
    text = MODEL.replace(
        "nn.Conv2d(3, 4, 3),\n    nn.BatchNorm2d(4)", "nn.Conv2d(3, 4, 3, bias=False),\n    nn.ReLU()"
    )
    async with connected(tmp_path, can=can, options=options) as client:
        uri = opened(client, tmp_path / "net.py", text)
        assert [one.code for one in await published(client, uri, 1)] == ["CB203"]


async def test_configuration_files_are_read_again_when_they_change(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.convbias-lint]\nignore = ["CB1"]\n')
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        assert await published(client, uri, 1) == []
        project.write_text("[tool.convbias-lint]\n")
        event = types.FileEvent(project.as_uri(), types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert len(await published(client, uri)) == 3
        project.write_text('[tool.convbias-lint]\nignroe = ["CB1"]\n')
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert len(await published(client, uri)) == 3
        await asyncio.sleep(0.2)
        assert "ignroe" in client.messages[-1].message


async def test_each_workspace_folder_has_its_own_configuration(tmp_path: Path) -> None:
    strict, lax = tmp_path / "strict", tmp_path / "lax"
    for folder in (strict, lax):
        folder.mkdir()
    (lax / "pyproject.toml").write_text('[tool.convbias-lint]\nignore = ["CB101"]\n')
    async with connected(strict, lax) as client:
        found = {}
        for folder in (strict, lax):
            uri = opened(client, folder / "net.py", MODEL)
            found[folder.name] = len(await published(client, uri, 1))
        outside = opened(client, tmp_path / "net.py", MODEL)
        assert len(await published(client, outside, 1)) == 3
        assert found == {"strict": 3, "lax": 0}


async def test_fix_all_in_a_notebook(tmp_path: Path) -> None:
    uri = (tmp_path / "net.ipynb").as_uri()
    sources = ["from torch import nn", "net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))"]
    cells = [types.NotebookCell(types.NotebookCellKind.Code, f"{uri}#{number}") for number in range(2)]
    texts = [types.TextDocumentItem(cell.document, "python", 1, text) for cell, text in zip(cells, sources)]
    async with connected(tmp_path) as client:
        client.notebook_document_did_open(
            types.DidOpenNotebookDocumentParams(
                types.NotebookDocument(uri, "jupyter-notebook", 1, cells), texts
            )
        )
        cell = cells[1].document
        await published(client, cell)
        actions = await offered(client, cell, types.Range(types.Position(0, 21), types.Position(0, 21)))
        for part in ("Set `bias=False`", "fix all"):
            action = await client.code_action_resolve_async(titled(actions, part))
            text = applied(sources[1], action.edit, cell)
            assert text == sources[1].replace("2, 3)", "2, 3, bias=False)")


async def test_a_request_that_fails_ends_nothing(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        nonsense = types.CodeAction("x", data={"do": "dance", "uri": uri, **json.loads('{"code": "CB101"}')})
        assert (await client.code_action_resolve_async(nonsense)).edit is None
        with pytest.raises(Exception, match=r"."):
            await client.workspace_execute_command_async(types.ExecuteCommandParams("convbias-lint.unknown"))
        assert len(await offered(client, uri, FIRST)) == 4
