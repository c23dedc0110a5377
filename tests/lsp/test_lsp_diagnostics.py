"""Diagnostics, pushed and pulled, in every encoding, while the text changes."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from lsp_client import changed, connected, opened, published, pulled
from lsprotocol import types

pytestmark = pytest.mark.asyncio

MODEL = """\
import torch.nn as nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3, bias=True),
    nn.BatchNorm2d(4),
)
"""
CLEAN = MODEL.replace("bias=True", "bias=False")


def brief(diagnostics: list[types.Diagnostic]) -> list[tuple[object, int, int]]:
    return [(one.code, one.range.start.line, one.range.start.character) for one in diagnostics]


async def test_open_change_save_and_close(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        found = await published(client, uri, 1)
        assert brief(found) == [("CB101", 3, 4), ("CB101", 3, 23)]
        main, hint = found
        assert main.source == "convbias-lint"
        assert main.severity == types.DiagnosticSeverity.Warning
        assert main.code_description is not None
        assert main.code_description.href.endswith("/rules/conv-bias-before-batch-norm/")
        assert main.related_information is not None
        norm = main.related_information[-1]
        assert (norm.location.uri, norm.location.range.start.line) == (uri, 4)
        assert list(hint.tags or ()) == [types.DiagnosticTag.Unnecessary]
        changed(client, uri, CLEAN, 2)
        assert await published(client, uri, 2) == []
        changed(client, uri, "\n" + MODEL, 3)
        assert brief(await published(client, uri, 3))[0] == ("CB101", 4, 4)
        identifier = types.TextDocumentIdentifier(uri)
        client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))
        assert len(await published(client, uri)) == 2
        client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))
        assert await published(client, uri) == []


async def test_only_the_last_of_many_changes_is_told(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"debounce": 0}) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        seen: list[int] = []
        handler = client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

        def note(params: types.PublishDiagnosticsParams) -> None:
            seen.append(params.version or 0)
            handler(params)

        client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = note
        for version in range(2, 40):
            changed(client, uri, "\n" * version + MODEL, version)
        last = await published(client, uri, 39)
        assert last[0].range.start.line == 39 + 3
        assert seen == sorted(seen)
        await asyncio.sleep(0.3)
        assert seen[-1] == 39


async def test_pulled_diagnostics_are_not_pushed(tmp_path: Path) -> None:
    async with connected(tmp_path, pull=True) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        report = await pulled(client, uri)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert brief(list(report.items)) == [("CB101", 3, 4), ("CB101", 3, 23)]
        again = await pulled(client, uri, report.result_id)
        assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
        changed(client, uri, CLEAN, 2)
        now = await pulled(client, uri, report.result_id)
        assert isinstance(now, types.RelatedFullDocumentDiagnosticReport)
        assert list(now.items) == []
        assert uri not in client.diagnostics


async def test_the_whole_workspace_is_pulled(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(MODEL)
    (tmp_path / "clean.py").write_text(CLEAN)
    (tmp_path / "left_out.py").write_text(MODEL)
    (tmp_path / "pyproject.toml").write_text('[tool.convbias-lint]\nexclude = ["left_out.py"]\n')
    async with connected(tmp_path, pull=True) as client:
        report = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        assert [Path(item.uri).name for item in report.items] == ["net.py"]
        first = report.items[0]
        assert isinstance(first, types.WorkspaceFullDocumentDiagnosticReport)
        assert len(first.items) == 2
        known = [types.PreviousResultId(first.uri, first.result_id or "")]
        again = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
        assert [item.kind for item in again.items] == ["unchanged"]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 14), ("utf-16", 11), ("utf-32", 10)])
async def test_columns_behind_wide_characters(encoding: str, column: int, tmp_path: Path) -> None:
    text = "from torch import nn\n'''é😀'''; nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\n"
    column += len("nn.Sequential(")
    async with connected(tmp_path, encoding=encoding) as client:
        uri = opened(client, tmp_path / "wide.py", text)
        found = await published(client, uri, 1)
        assert client.protocol is not None
        assert [one.range.start.character for one in found] == [column]


async def test_half_typed_code_keeps_what_still_stands(tmp_path: Path) -> None:
    two = MODEL + "\nother = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\n"
    async with connected(tmp_path, options={"debounce": 0}) as client:
        uri = opened(client, tmp_path / "net.py", two)
        assert [line for _, line, _ in brief(await published(client, uri, 1))] == [3, 3, 7]
        changed(client, uri, two.replace("import torch.nn as nn\n", "import torch.nn as nn\n\nx = (\n"), 2)
        assert [line for _, line, _ in brief(await published(client, uri, 2))] == [5, 5, 9]
        changed(client, uri, two.replace("nn.Conv2d(3, 4, 3, bias=True),", "nn.Conv2d(3, 4, 3, bias=,"), 3)
        assert [line for _, line, _ in brief(await published(client, uri, 3))] == [7]
        changed(client, uri, two, 4)
        assert [line for _, line, _ in brief(await published(client, uri, 4))] == [3, 3, 7]


async def test_a_file_that_never_parsed_says_so(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL.replace("nn.Conv2d(3", "nn.Conv2d(("))
        assert [one.code for one in await published(client, uri, 1)] == ["CB900"]


async def test_a_change_of_an_imported_file_is_noticed_when_saved(tmp_path: Path) -> None:
    package = tmp_path / "net"
    package.mkdir()
    (package / "__init__.py").write_text("")
    blocks = package / "blocks.py"
    with_norm = "from torch import nn\n\n\ndef norm(n):\n    return nn.BatchNorm2d(n)\n"
    blocks.write_text(with_norm)
    model = (
        "from torch import nn\nfrom .blocks import norm\n\nnet = nn.Sequential(nn.Conv2d(1, 2, 3), norm(2))\n"
    )
    async with connected(tmp_path) as client:
        uri = opened(client, package / "model.py", model)
        other = opened(client, blocks, with_norm)
        assert [one.code for one in await published(client, uri, 1)] == ["CB101"]
        blocks.write_text(with_norm.replace("BatchNorm2d", "Identity"))
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(other))
        client.text_document_did_save(saved)
        assert await published(client, uri) == []
        blocks.write_text(with_norm)
        event = types.FileEvent(other, types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert [one.code for one in await published(client, uri)] == ["CB101"]


async def test_a_document_without_a_file(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = "untitled:Untitled-1"
        item = types.TextDocumentItem(uri, "python", 1, MODEL)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert len(await published(client, uri, 1)) == 2


async def test_the_linting_process_may_die(tmp_path: Path) -> None:
    async with connected(tmp_path) as client:
        uri = opened(client, tmp_path / "net.py", MODEL)
        await published(client, uri, 1)
        command = types.ExecuteCommandParams("convbias-lint.printDebugInformation")
        text = await client.workspace_execute_command_async(command)
        os.kill(int(str(text).split("linting process ")[1].split()[0]), signal.SIGKILL)
        changed(client, uri, "\n" + MODEL, 2)
        assert len(await published(client, uri, 2)) == 2


async def test_notebooks_cell_by_cell(tmp_path: Path) -> None:
    uri = (tmp_path / "net.ipynb").as_uri()
    cells = [
        "from torch import nn\n",
        "# a title",
        "%matplotlib inline\nnet = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))",
    ]
    uris = [f"{uri}#{number}" for number in range(3)]
    kinds = [types.NotebookCellKind.Code, types.NotebookCellKind.Markup, types.NotebookCellKind.Code]
    notebook = types.NotebookDocument(
        uri, "jupyter-notebook", 1, [types.NotebookCell(kind, one) for kind, one in zip(kinds, uris)]
    )
    texts = [
        types.TextDocumentItem(one, "python" if kind == 2 else "markdown", 1, text)
        for one, kind, text in zip(uris, kinds, cells)
    ]
    async with connected(tmp_path, options={"debounce": 0}) as client:
        client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, texts))
        found = await published(client, uris[2])
        assert brief(found) == [("CB101", 1, 20)]
        assert list(client.diagnostics[uris[0]]) == []
        client.notebook_document_did_change(
            types.DidChangeNotebookDocumentParams(
                types.VersionedNotebookDocumentIdentifier(version=2, uri=uri),
                types.NotebookDocumentChangeEvent(
                    cells=types.NotebookDocumentCellChanges(
                        text_content=[
                            types.NotebookDocumentCellContentChanges(
                                types.VersionedTextDocumentIdentifier(version=2, uri=uris[2]),
                                [types.TextDocumentContentChangeWholeDocument("x = 1\n")],
                            )
                        ]
                    )
                ),
            )
        )
        assert await published(client, uris[2]) == []
