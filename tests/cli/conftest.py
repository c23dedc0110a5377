"""The command line as its users meet it: a process in a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from command import Ran, Run, environment


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in ``tmp_path``; its environment has nothing that would change what it does."""

    def run_(*words: str, stdin: str = "", timeout: float = 60, **variables: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "convbias_lint", *words],
            cwd=tmp_path,
            env={**environment(), **variables},
            input=stdin.encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        err = done.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(done.returncode, done.stdout.decode(), err)

    return run_
