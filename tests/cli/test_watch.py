"""``--watch`` checks again when a file changes, and ends with Ctrl-C."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from command import CLEAN, MODEL, Run, environment, write

pytest.importorskip("watchfiles")


def test_changes_are_seen(tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    process = subprocess.Popen(
        [sys.executable, "-m", "convbias_lint", "--watch", "--output-format", "concise"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stdout], daemon=True)
    reader.start()

    def until(start: str) -> list[str]:
        seen = []
        while not seen or not seen[-1].startswith(start):
            seen.append(lines.get(timeout=30))
        return seen

    try:
        assert until("Watching")[0].startswith("m.py:3:21: CB101")
        time.sleep(0.5)  # until the watch stands
        write(tmp_path, {"notes.txt": "not watched"})
        write(tmp_path, {"m.py": CLEAN})
        first, *rest = until("Watching")
        assert first.endswith("] m.py changed\n")
        assert not any("CB101" in line for line in rest)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        reader.join(10)
        assert list(lines.queue) == []
    finally:
        process.kill()
        process.wait()
        reader.join(10)
        process.stdout.close()


def test_wrong_use(run: Run) -> None:
    assert run("--watch", "nope") == (2, "", "nope: no such file or folder\n")
    assert run("--watch", "-").err == "convbias-lint: error: --watch needs files, not standard input\n"
