"""The server under load: fast typing, many files, broken messages, an editor that is gone, every case."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from case_file import all_cases
from lsp_client import connected, opened, published, pulled
from lsprotocol import types
from pytest_lsp import LanguageClient

from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes

MODEL = """\
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=True)
        self.norm = nn.BatchNorm2d(4)
        self.head = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2))

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))
"""
TYPED = [
    "(",
    ")",
    ",",
    "\n",
    " ",
    "=",
    "x",
    '"',
    "self.",
    "nn.",
    "bias=False",
    "None",
    "#",
    "\U0001f600",
    "寬",
]

Place = "tuple[object, int, int]"


def by_command_line(path: str, text: str, settings: Settings) -> list[tuple[object, int, int]]:
    """What the command line finds, in the columns of UTF-16."""
    result = lint_bytes(text.encode(), path, settings)
    assert result.error is None
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = []
    for one in result.findings:
        before = rows[one.start.row - 1][: one.start.column - 1]
        places.append((one.code, one.start.row - 1, len(before.encode("utf-16-le")) // 2))
    return sorted(places, key=str)


def by_server(diagnostics: Any) -> list[tuple[object, int, int]]:
    shown = [one for one in diagnostics if one.severity != types.DiagnosticSeverity.Hint]
    return sorted(((one.code, one.range.start.line, one.range.start.character) for one in shown), key=str)


async def memory(client: LanguageClient) -> int:
    """Kilobytes that the server and its linting process hold."""
    command = types.ExecuteCommandParams("convbias-lint.printDebugInformation")
    text = str(await client.workspace_execute_command_async(command))
    assert client._server is not None
    pids = (client._server.pid, int(text.split("linting process ")[1].split()[0]))
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4 for pid in pids)


@pytest.mark.asyncio
@pytest.mark.slow
async def test_random_typing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    long = request.config.getoption("--long")
    dice = random.Random(1729)
    path = tmp_path / "net.py"
    held: list[int] = []
    async with connected(tmp_path, options={"debounce": 5}) as client:
        uri, text, version = opened(client, path, MODEL), MODEL, 1
        await published(client, uri, 1)
        for edit in range(1, (10_000 if long else 300) + 1):
            version += 1
            rows = text.split("\n")
            row = dice.randrange(len(rows))
            column = dice.randrange(len(rows[row]) + 1)
            gone = dice.choice([0, 0, 1, 3])
            end = min(len(rows[row]), column + gone)
            new = dice.choice(TYPED)
            if edit % 50 == 0:  # at rest, on code that parses
                row, column, new, end = 0, 0, MODEL + "\n" * dice.randrange(4), 0
                whole = types.Range(types.Position(0, 0), types.Position(len(rows), 0))
                text = new
            else:
                whole = types.Range(
                    types.Position(row, _units(rows[row][:column])),
                    types.Position(row, _units(rows[row][:end])),
                )
                rows[row] = rows[row][:column] + new + rows[row][end:]
                text = "\n".join(rows)
            client.text_document_did_change(
                types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(version=version, uri=uri),
                    [types.TextDocumentContentChangePartial(range=whole, text=new)],
                )
            )
            if edit % 50 == 0:
                found = await published(client, uri, version)
                assert by_server(found) == by_command_line(str(path), text, Settings())
                held.append(await memory(client))
            elif edit % 7 == 0:
                await asyncio.sleep(0.01)
    if long:
        early, late = held[len(held) // 5], held[-1]
        assert late < early * 1.1, f"memory grew from {early} to {late} kB"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.asyncio
async def test_two_hundred_open_files(tmp_path: Path) -> None:
    texts = [MODEL.replace("4", str(number)) for number in range(2, 202)]
    async with connected(tmp_path, pull=True) as client:
        uris = [opened(client, tmp_path / f"net_{n}.py", text) for n, text in enumerate(texts)]
        reports = await asyncio.gather(*(pulled(client, uri) for uri in uris))
        for number, report in enumerate(reports):
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            path = str(tmp_path / f"net_{number}.py")
            assert by_server(report.items) == by_command_line(path, texts[number], Settings())


@pytest.mark.asyncio
@pytest.mark.slow
async def test_every_case_is_as_on_the_command_line(tmp_path: Path) -> None:
    settings = Settings(select=("ALL",))
    wrong = []
    async with connected(tmp_path, pull=True, options={"select": ["ALL"]}) as client:
        for case in all_cases():
            for name, path in case.written_to(tmp_path / case.id).items():
                text = case.files[name].code
                report = await pulled(client, opened(client, path, text))
                assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
                if by_server(report.items) != by_command_line(str(path), text, settings):
                    wrong.append(f"{case.id} {name}")
    assert wrong == []


def _message(method: str, params: object, number: int | None = None) -> bytes:
    message: dict[str, object] = {"jsonrpc": "2.0", "method": method, "params": params}
    if number is not None:
        message["id"] = number
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _answer(server: subprocess.Popen[bytes], number: int) -> dict[str, Any]:
    """The answer to a request; what the server tells on the way is passed over."""
    assert server.stdout is not None
    while True:
        length = 0
        while (line := server.stdout.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server ended"
        found: dict[str, Any] = json.loads(server.stdout.read(length))
        if found.get("id") == number and "method" not in found:
            return found


@contextlib.contextmanager
def started(*, folder: Path) -> Any:
    command = [sys.executable, "-m", "convbias_lint", "server"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=folder) as server:
        timer = signal.signal(signal.SIGALRM, lambda *_: server.kill())
        signal.alarm(60)
        try:
            yield server
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, timer)
            server.kill()


MALFORMED = [
    b"Content-Length: 5\r\n\r\n{\xff\xfe}!",
    b"Content-Length: 2\r\n\r\n[]",
    b"Content-Length: 4\r\n\r\nnull",
    b"Content-Length: nine\r\n\r\n",
    b'Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}',
    _message("textDocument/didOpen", {"textDocument": 7}),
    _message(
        "textDocument/didChange",
        {"textDocument": {"uri": "file:///no.py", "version": 1}, "contentChanges": []},
    ),
    _message("no/such/notification", {}),
]


def test_malformed_messages(tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        server.stdin.write(
            _message("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        )
        server.stdin.flush()
        assert "capabilities" in _answer(server, 1)["result"]
        for number, broken in enumerate(MALFORMED, 2):
            command = {"command": "convbias-lint.printDebugInformation", "arguments": []}
            server.stdin.write(broken + _message("workspace/executeCommand", command, number))
            server.stdin.flush()
            assert "convbias-lint" in _answer(server, number)["result"], broken


@pytest.mark.parametrize("last", [b"", b"Content-Length: 100\r\n\r\n{", b"Content-"])
def test_an_editor_that_disappears(last: bytes, tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        item = {
            "uri": (tmp_path / "net.py").as_uri(),
            "languageId": "python",
            "version": 1,
            "text": MODEL * 20,
        }
        server.stdin.write(
            _message("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        )
        server.stdin.flush()
        _answer(server, 1)
        server.stdin.write(
            _message("initialized", {}) + _message("textDocument/didOpen", {"textDocument": item})
        )
        server.stdin.write(last)
        server.stdin.flush()
        children = _children(server.pid)
        server.stdin.close()
        server.stdout.close()
        assert server.wait(30) == 0
        assert children
        assert _all_gone(children)


def test_a_server_that_is_killed_takes_its_process_along(tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        server.stdin.write(
            _message("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        )
        server.stdin.flush()
        _answer(server, 1)
        children = _children(server.pid)
        assert children
        server.kill()
        server.wait(30)
        assert _all_gone(children)


def _children(pid: int) -> list[int]:
    """The processes that a process started, once there are some."""
    for _ in range(100):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if found:
            return [int(one) for one in found]
        time.sleep(0.05)
    return []


def _all_gone(pids: list[int]) -> bool:
    for _ in range(200):
        if not any(_runs(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
