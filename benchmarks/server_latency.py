"""How long the language server takes from a keystroke to its findings, and what memory it holds.

    python benchmarks/server_latency.py            # measure and print
    python benchmarks/server_latency.py --write    # and write the figures into docs/benchmarks.md

A model file of 1,000 lines is edited a row at a time, as someone types; the clock runs from sending
``textDocument/didChange`` to receiving the diagnostics of that version.  The processor time that the server
and its linting process take in between is measured as well: on a busy machine that can be compared.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient
from timing import ROOT, write_region

PAUSE = 0.2  # seconds between two strokes of a typist
BLOCK = '''

class Block{n}(nn.Module):
    """A residual block, as people write it."""

    def __init__(self, cin: int, cout: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, stride=stride, padding=1)
        self.bn1 = nn.BatchNorm2d(cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(cout)
        self.shortcut = nn.Sequential()
        if stride != 1 or cin != cout:
            self.shortcut = nn.Sequential(nn.Conv2d(cin, cout, 1, stride=stride), nn.BatchNorm2d(cout))

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        return F.relu(out + self.shortcut(x))
'''


class Figures(NamedTuple):
    """What was measured, in milliseconds and megabytes."""

    p50: float
    p95: float
    p50_debounced: float
    p95_debounced: float
    p50_processor: float
    p95_processor: float
    memory_early: float
    memory_late: float
    findings: int
    rows: int


def model(rows: int = 1000) -> str:
    text = "import torch.nn.functional as F\nfrom torch import nn\n"
    number = 0
    while text.count("\n") < rows:
        text += BLOCK.replace("{n}", str(number))
        number += 1
    return text


class Editor:
    """One document in one editor."""

    def __init__(self, folder: Path, debounce: int) -> None:
        self.client = BaseLanguageClient("benchmark", "1")
        self.folder, self.debounce = folder, debounce
        self.uri = (folder / "model.py").as_uri()
        self.text, self.version = model(), 1
        self.arrived: dict[int, asyncio.Future[int]] = {}

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            waiting = self.arrived.pop(params.version or 0, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(len(params.diagnostics))

    async def start(self) -> int:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        await self.client.start_io(sys.executable, "-m", "convbias_lint", "server", env=environment)
        capabilities = types.ClientCapabilities()
        options = {"debounce": self.debounce}
        await self.client.initialize_async(
            types.InitializeParams(
                capabilities=capabilities,
                workspace_folders=[types.WorkspaceFolder(self.folder.as_uri(), "benchmark")],
                initialization_options=options,
            )
        )
        self.client.initialized(types.InitializedParams())
        waiting = self.expect()
        item = types.TextDocumentItem(self.uri, "python", self.version, self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await asyncio.wait_for(waiting, 60)

    def expect(self) -> asyncio.Future[int]:
        waiting = self.arrived[self.version] = asyncio.get_running_loop().create_future()
        return waiting

    async def edit(self, number: int) -> float:
        """Type a character in an argument of some layer; how many seconds its findings took."""
        rows = self.text.split("\n")
        layers = [line for line, row in enumerate(rows) if "Conv2d(" in row]
        line = layers[number * 37 % len(layers)]
        column = rows[line].index(", ") + 2
        at = types.Position(line, column)
        change = types.TextDocumentContentChangePartial(range=types.Range(at, at), text="_")
        rows[line] = rows[line][:column] + "_" + rows[line][column:]
        self.text = "\n".join(rows)
        self.version += 1
        waiting = self.expect()
        begun = time.perf_counter()
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri), [change]
            )
        )
        await asyncio.wait_for(waiting, 60)
        return time.perf_counter() - begun

    async def processes(self) -> tuple[int, int]:
        """The numbers of the server and of its linting process."""
        command = types.ExecuteCommandParams("convbias-lint.printDebugInformation")
        text: Any = await self.client.workspace_execute_command_async(command)
        server = self.client._server
        assert server is not None
        return server.pid, int(text.split("linting process ")[1].split()[0])

    async def memory(self) -> float:
        """Megabytes that the server and its linting process hold."""
        pids = await self.processes()
        return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 for pid in pids) / 1e6

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


async def measure(edits: int, long: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        plain, used, findings = await _timed(Path(folder), edits, 0)
        debounced, _, _ = await _timed(Path(folder), edits, 80)
        editor = Editor(Path(folder), 0)
        await editor.start()
        early = 0.0
        for number in range(long):
            await editor.edit(number)
            if number == min(200, long // 5):
                early = await editor.memory()
        late = await editor.memory()
        await editor.stop()
    times = (*_both(plain), *_both(debounced), *_both(used))
    return Figures(*times, early, late, findings, model().count("\n"))


async def _timed(folder: Path, edits: int, debounce: int) -> tuple[list[float], list[float], int]:
    editor = Editor(folder, debounce)
    findings = await editor.start()
    for number in range(5):
        await editor.edit(number)
    pids = await editor.processes()
    seconds, used = [], []
    for number in range(edits):
        await asyncio.sleep(PAUSE)
        before = _processor_time(pids)
        seconds.append(await editor.edit(number))
        used.append(_processor_time(pids) - before)
    await editor.stop()
    return seconds, used, findings


def _processor_time(pids: Iterable[int]) -> float:
    """Seconds that some processes have had of the processor so far."""
    tasks = [task for pid in pids for task in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _both(seconds: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 stay below."""
    ordered = sorted(seconds)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[int(len(ordered) * 0.95)]


def section(figures: Figures, edits: int, long: int) -> str:
    growth = 100 * (figures.memory_late / figures.memory_early - 1)
    return f"""## The language server

A file of {figures.rows:,} lines (residual blocks, {figures.findings} findings) is edited {edits} times, \
a character in an argument of some layer each, \
{PAUSE * 1000:.0f} ms after the findings of the last.
The time runs from `textDocument/didChange` to the diagnostics of that version. \
{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores; \
`python benchmarks/server_latency.py`.

| | p50 | p95 |
|---|---|---|
| without debounce | {figures.p50:.0f} ms | {figures.p95:.0f} ms |
| with the default debounce of 80 ms | {figures.p50_debounced:.0f} ms | {figures.p95_debounced:.0f} ms |
| processor time of the server and its linting process | {figures.p50_processor:.0f} ms | \
{figures.p95_processor:.0f} ms |

Memory of the server and its linting process: \
{figures.memory_early:.0f} MB after {min(200, long // 5):,} edits, \
{figures.memory_late:.0f} MB after {long:,} ({growth:+.1f} %)."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--long", type=int, default=2000, help="edits before memory is looked at again")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md")
    args = parser.parse_args()
    text = section(asyncio.run(measure(args.edits, args.long)), args.edits, args.long)
    print(text)
    if args.write:
        write_region("server-latency", text)


if __name__ == "__main__":
    main()
