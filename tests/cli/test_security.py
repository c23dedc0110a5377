"""No network, ever; names and contents of files do not steer terminals; commands that run code say so."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from command import MODEL, ROOT, Run, environment, write

from convbias_lint.reports import FORMATS

NO_NETWORK = """
import os, socket, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"):
        os.write(2, f"network: {event}".encode())
        os._exit(86)
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        os.write(2, b"network: a socket")
        os._exit(86)

sys.addaudithook(refuse)
from convbias_lint.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
"""Python itself tells of every socket; those of other address families join processes of one machine."""


def offline(*words: object, cwd: Path, stdin: bytes = b"") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, *map(str, words)],
        cwd=cwd, env=environment(), input=stdin, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--no-cache"],
        ["--fix", "-j2", "--no-cache"],
        ["--output-format", "sarif"],
        ["--output-format", "html", "--output-file", "report.html"],
        ["explain", "CB101"],
        ["rules"],
        ["--add-noqa"],
        ["clean"],
    ],
    ids=" ".join,
)
def test_no_command_opens_a_connection(words: list[str], tmp_path: Path) -> None:
    write(tmp_path, {f"m{number}.py": MODEL for number in range(4)})
    status, err = offline(*words, cwd=tmp_path)
    assert status in (0, 1), err


def test_the_server_opens_no_connection(tmp_path: Path) -> None:
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {
            "method": "textDocument/didOpen",
            "params": {
                "textDocument": {"uri": "file:///m.py", "languageId": "python", "version": 1, "text": MODEL}
            },
        },
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    texts = [json.dumps({"jsonrpc": "2.0", **message}) for message in messages]
    stdin = "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in texts).encode()
    status, err = offline("server", cwd=tmp_path, stdin=stdin)
    assert (status, "network" in err) == (0, False), err


def test_live_tools_open_no_connection(needs_torch: None, tmp_path: Path) -> None:
    text = MODEL.replace("net =", "def build():\n    return")
    write(tmp_path, {"net.py": text})
    save = "import net, torch; torch.save(net.build().state_dict(), 'old.pt')"
    subprocess.run([sys.executable, "-c", save], cwd=tmp_path, check=True)
    status, err = offline("audit", "net.py:build", "--input", "4x3x8x8", cwd=tmp_path)
    assert (status, err) == (1, "")
    write(tmp_path, {"net.py": text.replace("3)", "3, bias=False)")})
    status, err = offline(
        "migrate", "old.pt", "new.pt", "--model", "net.py:build", "--input", "4x3x8x8", cwd=tmp_path
    )
    assert (status, err) == (0, "")


def test_nothing_that_speaks_to_a_network_is_imported() -> None:
    speaks = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}
    for path in (ROOT / "convbias_lint").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            assert not speaks.intersection(names), path


@pytest.mark.parametrize("command", ["audit", "migrate", "fold"])
def test_commands_that_run_code_say_so(command: str, run: Run) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert "It is imported and run: name only code that you trust" in " ".join(out.split())


HOSTILE = ("esc\x1b[2Jape.py", "new\nline.py", "<script>alert(1)<", "bell\x07.py", "‮gnp.py", "'\"&.py")
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    text = MODEL + "# \x1b]0;title\x07 <script>alert(2)</script>\n"
    write(tmp_path, {name: text for name in HOSTILE if "/" not in name})
    write(
        tmp_path,
        {"script><b.py": text, "bad\x1b[1m.py": "nn.Conv2d(; BatchNorm", "nul\x1b[1m.py": MODEL + "\0"},
    )
    known = {"file": "gone.py", "code": "CB101", "context": "", "source": "nn.Conv2d(\x1b]0;title\x07"}
    write(tmp_path, {"known.json": json.dumps({"version": 1, "findings": [known]})})
    write(tmp_path, {"cached\x1b[1m/.convbias_lint_cache/0.1/0.json": ""})
    (tmp_path / "broken\x1b[1m.py").symlink_to("no\x1b[1mwhere")
    os.mkfifo(tmp_path / "pipe\x1b[1m.py")
    with open(os.fsencode(tmp_path) + b"/raw\xff\x1b[1m.py", "w") as stream:
        stream.write(text)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        *(["--output-format", name] for name in FORMATS),
        ["--statistics"],
        ["--fix"],
        ["--fix-only", "-v"],
        ["--add-noqa"],
        ["--show-settings", "bad\x1b[1m.py"],
        ["--baseline", "known.json"],
        ["--baseline", "known.json", "--update-baseline"],
        ["clean"],
        ["no\x1b[1mthing.py"],
        ["--select", "CB\x1b[1m"],
        ["--config", "se\x1b[1mlect=1"],
        ["--baseline", "b\x1b[1m.json"],
        ["explain", "CB\x1b[1m"],
        ["--output-format", "x\x1b[1m"],
        ["-\x1b[1m"],
    ],
    ids=repr,
)
def test_nothing_from_files_or_words_steers_the_terminal(words: list[str], hostile: Path, run: Run) -> None:
    _, out, err = run(*words)
    for text in (out, err):
        found = CONTROLS.search(text)
        assert found is None, text[max(0, found.start() - 80) : found.end() + 20]
    if words[-1] in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(out)
    if words[-1] == "html":
        assert "<script>alert" not in out


@pytest.mark.parametrize("words", [["--diff", "--color", "never"], ["--show-files"]], ids=" ".join)
def test_what_is_exact_for_programs_is_harmless_on_a_terminal(words: list[str], hostile: Path) -> None:
    pty = pytest.importorskip("pty", reason="terminals of this kind are those of Unix")
    command = [sys.executable, "-m", "convbias_lint", *words]
    exact = subprocess.run(command, cwd=hostile, env=environment(), capture_output=True, check=False).stdout
    assert b"esc\x1b[2Jape.py" in exact
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        command, cwd=hostile, env=environment(), stdout=terminal, stderr=subprocess.DEVNULL
    )
    os.close(terminal)
    shown = b""
    with suppress(OSError):  # how a terminal of Linux says that the other end is closed
        while part := os.read(screen, 65536):
            shown += part
    os.close(screen)
    assert process.wait(60) in (1, 2)
    assert "esc\\x1b[2Jape.py" in shown.decode()
    assert CONTROLS.search(shown.decode().replace("\r\n", "\n")) is None
