"""A fast typist, a crowd of files, nonsense on the line and an editor that is gone."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from lsp_client import connected, opened, published
from lsprotocol import types
from pytest_lsp import LanguageClient

from convbias_lint import lint_source

CASES = Path(__file__).parents[1] / "cases"
PIECES = (
    "(",
    ")",
    ",",
    "\n",
    "    ",
    "nn.Conv2d(1, 2, 3)",
    "nn.BatchNorm2d(2)",
    "bias=True",
    "é😀",
    "'''",
    "#",
    "x",
)


@pytest.mark.asyncio
async def test_the_findings_are_those_of_the_command(tmp_path: Path) -> None:
    """For every case: what the editor shows is what the command finds."""
    async with connected(tmp_path) as client:
        for number, path in enumerate(sorted(CASES.glob("*/*.py"))):
            text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
            name = tmp_path / f"case{number}" / path.name
            uri = opened(client, name, text)
            shown = await published(client, uri, 1)
            expected = [(f.code, f.start.row - 1) for f in lint_source(text, str(name))]
            main = [one for one in shown if one.severity != types.DiagnosticSeverity.Hint]
            assert [(one.code, one.range.start.line) for one in main] == expected, path
            client.text_document_did_close(
                types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
            )


@pytest.mark.asyncio
async def test_a_fast_typist(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Edits as an editor sends them, some undone; at rest, the findings are the command's."""
    count = 10_000 if request.config.getoption("--long") else 400
    chance = random.Random("typist")
    text = (CASES / "conv-bias-before-batch-norm" / "resnet.py").read_text(encoding="utf-8")
    path = tmp_path / "net.py"
    memory, rests = [], 0
    async with connected(tmp_path, options={"debounce": 5}) as client:
        uri = opened(client, path, text)
        assert _shown(await published(client, uri, 1)) == _expected(text, path)
        undone: list[tuple[int, str, int]] = []
        version, undoing = 1, False
        while version <= count:
            if undoing:
                start, piece, length = undone.pop()
            else:
                start, piece, length = chance.randrange(len(text) + 1), chance.choice(PIECES), 0
                if chance.random() < 0.4:
                    piece, length = "", min(chance.randrange(1, 8), len(text) - start)
                undone.append((start, text[start : start + length], len(piece)))
            version += 1
            places = (_position(text, start), _position(text, start + length))
            _typed(client, uri, places, piece, version)
            text = text[:start] + piece + text[start + length :]
            undoing = bool(undone) if undoing else len(undone) >= 25
            if undoing and len(undone) == 25:
                await published(client, uri, version)  # of whatever was typed: most of it does not parse
            elif not undone:
                assert _shown(await published(client, uri, version)) == _expected(text, path)
                memory.append(_memory(client))
                rests += 1
            elif version % 10 == 0:
                await asyncio.sleep(0.02)
    assert rests == count // 50
    settled, last = memory[len(memory) // 4], memory[-1]
    print(f"{count} edits: {settled / 1e6:.0f} MB after a quarter, {last / 1e6:.0f} MB at the end")
    assert last < settled + 30e6, memory


@pytest.mark.asyncio
async def test_two_hundred_open_files(tmp_path: Path) -> None:
    texts = [path.read_bytes().decode().replace("\r\n", "\n") for path in sorted(CASES.glob("*/*.py"))[:200]]
    async with connected(tmp_path) as client:
        places = [tmp_path / f"p{number}" / f"net{number}.py" for number in range(len(texts))]
        uris = [opened(client, place, text) for place, text in zip(places, texts)]
        assert len(uris) == 200
        end = time.monotonic() + 120
        expected = [_expected(text, place) for place, text in zip(places, texts)]
        while [_shown(client.diagnostics.get(uri, [])) for uri in uris] != expected:
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        print(f"200 files: {_memory(client) / 1e6:.0f} MB")
        assert _memory(client) < 400e6


def _shown(diagnostics: Iterable[types.Diagnostic]) -> list[tuple[object, int]]:
    """Code and line of the diagnostics that stand for findings."""
    main = [one for one in diagnostics if one.severity != types.DiagnosticSeverity.Hint]
    return [(one.code, one.range.start.line) for one in main]


def _expected(text: str, path: Path) -> list[tuple[object, int]]:
    """What the command finds."""
    return [(finding.code, finding.start.row - 1) for finding in lint_source(text, str(path))]


def _position(text: str, offset: int) -> types.Position:
    row = text.count("\n", 0, offset)
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    return types.Position(row, len(before.encode("utf-16-le")) // 2)


def _typed(
    client: LanguageClient, uri: str, places: tuple[types.Position, types.Position], piece: str, version: int
) -> None:
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=version, uri=uri),
            [types.TextDocumentContentChangePartial(types.Range(*places), piece)],
        )
    )


def _memory(client: LanguageClient) -> int:
    """The bytes that the server and the processes that it has started have in memory; 0 if unknown."""
    server = client._server
    if server is None or not Path("/proc/self/statm").exists():
        return 0
    page = os.sysconf("SC_PAGE_SIZE")
    pids = [str(server.pid), *_children(server.pid)]
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page for pid in pids)


def _server() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "convbias_lint", "server"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _message(text: str) -> bytes:
    return f"Content-Length: {len(text.encode())}\r\n\r\n{text}".encode()


INITIALIZE = _message(
    '{"jsonrpc": "2.0", "id": 1, "method": "initialize", '
    '"params": {"processId": null, "rootUri": null, "capabilities": {}}}'
)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"Content-Length: 5\r\n\r\n{]{]{",
        _message('{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 3}}'),
        _message('{"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params": {}}'),
        _message('{"jsonrpc": "2.0", "method": "no/such/thing", "params": []}'),
        _message("[]"),
    ],
)
def test_nonsense_on_the_line(nonsense: bytes) -> None:
    shutdown = _message('{"jsonrpc": "2.0", "id": 99, "method": "shutdown"}')
    leave = _message('{"jsonrpc": "2.0", "method": "exit"}')
    server = _server()
    out, _ = server.communicate(INITIALIZE + nonsense + shutdown + leave, timeout=120)
    assert b'"id": 99' in out
    assert server.returncode == 0


def test_a_storm_of_nonsense(request: pytest.FixtureRequest) -> None:
    """Messages of the right form and the wrong content do not keep the server from its work."""
    chance = random.Random("storm")
    methods = [
        "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/hover",
        "textDocument/codeAction", "textDocument/diagnostic", "codeAction/resolve", "initialized",
        "workspace/executeCommand", "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles",
        "$/cancelRequest",
    ]  # fmt: skip

    def nonsense(depth: int = 0) -> object:
        kind = chance.randrange(9 if depth < 3 else 6)
        if kind < 6:
            return [None, True, -1, 1e99, "file:///m.py", "\ud83d"][kind]
        if kind == 6:
            return [nonsense(depth + 1) for _ in range(chance.randrange(3))]
        names = (
            "textDocument",
            "uri",
            "version",
            "text",
            "position",
            "line",
            "range",
            "contentChanges",
            "context",
        )
        return {chance.choice(names): nonsense(depth + 1) for _ in range(chance.randrange(4))}

    def message(number: int) -> bytes:
        made: dict[str, object] = {"jsonrpc": "2.0", "method": chance.choice(methods), "params": nonsense()}
        if chance.random() < 0.5:
            made["id"] = chance.choice([number, str(number)])
        return _message(json.dumps(made))

    count = 3000 if request.config.getoption("--long") else 200
    storm = b"".join(message(number) for number in range(100, 100 + count))
    shutdown, leave = (
        _message('{"jsonrpc": "2.0", "id": 99, "method": "shutdown"}'),
        _message('{"jsonrpc": "2.0", "method": "exit"}'),
    )
    server = _server()
    out, _ = server.communicate(INITIALIZE + storm + shutdown + leave, timeout=120)
    assert b'"id": 99' in out
    assert server.returncode == 0


def test_a_client_that_disappears() -> None:
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(INITIALIZE)
    server.stdin.flush()
    assert server.stdout.readline().startswith(b"Content-Length")
    children = _children(server.pid)
    assert children
    server.stdin.close()
    server.wait(30)
    server.stdout.close()
    end = time.monotonic() + 20
    while any(os.path.exists(f"/proc/{child}") for child in children):
        assert time.monotonic() < end, "the linting process stays behind"
        time.sleep(0.05)


def _children(pid: int) -> list[str]:
    """The processes that a process has started, once there are any."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    if not path.exists():
        pytest.skip("the system does not list child processes")
    for _ in range(100):
        found = [
            line
            for task in Path(f"/proc/{pid}/task").iterdir()
            for line in (task / "children").read_text().split()
        ]
        if found:
            return found
        time.sleep(0.05)
    return []
