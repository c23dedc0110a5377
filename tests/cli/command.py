"""The command line as its users meet it: a process in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

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
