"""A fast typist, a crowd of files, nonsense on the line and an editor that is gone."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lsp_client import changed, connected, opened, published
from lsprotocol import types

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
    count = 10_000 if request.config.getoption("--long") else 400
    chance = random.Random("typist")
    model = (CASES / "conv-bias-before-batch-norm" / "resnet.py").read_text(encoding="utf-8")
    async with connected(tmp_path, options={"debounce": 5}) as client:
        uri = opened(client, tmp_path / "net.py", model)
        await published(client, uri, 1)
        text = model
        for version in range(2, count + 2):
            place = chance.randrange(len(text) + 1)
            if chance.random() < 0.4:
                text = text[:place] + text[place + chance.randrange(1, 8) :]
            else:
                text = text[:place] + chance.choice(PIECES) + text[place:]
            if chance.random() < 0.05:
                text = model
            changed(client, uri, text, version)
            if version % 20 == 0:
                await asyncio.sleep(0.02)
        changed(client, uri, model, count + 2)
        at_rest = await published(client, uri, count + 2)
        expected = [(f.code, f.start.row - 1) for f in lint_source(model, "net.py")]
        main = [one for one in at_rest if one.severity != types.DiagnosticSeverity.Hint]
        assert [(one.code, one.range.start.line) for one in main] == expected


@pytest.mark.asyncio
async def test_two_hundred_open_files(tmp_path: Path) -> None:
    text = "from torch import nn\nnet = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\n"
    async with connected(tmp_path) as client:
        uris = [opened(client, tmp_path / f"net{number}.py", text) for number in range(200)]
        end = time.monotonic() + 60
        while not all(client.diagnostics.get(uri) for uri in uris):
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        assert {len(client.diagnostics[uri]) for uri in uris} == {1}


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
    out, _ = server.communicate(INITIALIZE + nonsense + shutdown + leave, timeout=30)
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
