"""The command line as its users meet it: a process in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]

MODEL = """\
import torch.nn as nn

net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())
"""
FIXED = MODEL.replace("(3, 8, 3)", "(3, 8, 3, bias=False)")
CLEAN = FIXED


class Ran(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


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


def environment() -> dict[str, str]:
    """This environment without what steers colours, formats and widths, and with this checkout."""
    steering = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "CONVBIAS_LINT_OUTPUT_FORMAT")
    kept = {name: value for name, value in os.environ.items() if name not in steering}
    paths = [str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths)}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
