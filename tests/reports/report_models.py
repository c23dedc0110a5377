"""Model files, linted for real, that the tests of all formats share."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes
from convbias_lint.reports.report import Report
from convbias_lint.result import FileResult

SEQUENTIAL = """\
from torch import nn

features = nn.Sequential(
    nn.Conv2d(3, 64, 3, padding=1),
    nn.BatchNorm2d(64),
    nn.ReLU(),
    nn.Conv2d(
        64,
        128,
        kernel_size=3,
        bias=True,  # 漢字
    ),
    nn.MaxPool2d(2),
    nn.BatchNorm2d(128),
)
"""

ONE_ROW = "from torch import nn\nmodel = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())\n"

# A tab, wide characters, an emoji and a combining accent stand before what is marked.
WIDE = (
    "from torch import nn\n\n\nclass Net(nn.Module):\n"
    "\tdef __init__(self):\n\t\tsuper().__init__()\n"
    "\t\tname = '漢字🙂e\u0301'; self.conv = nn.Conv2d(3, 8, 3, bias=True)\n"
    "\t\tself.norm = nn.BatchNorm2d(8)\n\n"
    "\tdef forward(self, x):\n\t\treturn self.norm(self.conv(x))\n"
)

OPTION = """\
from torch import nn


class Block(nn.Module):
    def __init__(self, width, batch_norm=True):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3)
        self.norm = nn.BatchNorm2d(width) if batch_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))
"""

UPWARDS = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(8)
        self.pool = nn.MaxPool2d(2)
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.norm(self.pool(self.conv(x)))
"""

UNSAFE = """\
from torch import nn


class Block(nn.Module):
    def __init__(self, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, bias=bias)
        self.norm = nn.BatchNorm2d(16)

    def forward(self, x):
        return self.norm(self.conv(x))
"""

NO_FIX = """\
from torch import nn


def stem(**options):
    return nn.Sequential(nn.Conv2d(3, 32, 3, **options), nn.BatchNorm2d(32))
"""

SILENCED = """\
from torch import nn

model = nn.Sequential(
    nn.Conv2d(3, 8, 3),  # noqa: CB101
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(8, 4, 1),
    nn.BatchNorm2d(4),
)
"""

BROKEN = "from torch import nn\nmodel = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)\n"

CLEAN = "from torch import nn\nmodel = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8))\n"

NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# A model"]},
            {
                "cell_type": "code",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": ONE_ROW.splitlines(keepends=True),
            },
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)

HOSTILE_NAMES = (
    "a b'c\"d.py",
    "new\nline.py",
    "<script>alert(1)<!--.py",
    "esc\x1b[31mred.py",
    "percent%20;semi,comma:]]>.py",
    "-->&amp;.py",
    "byte\udcff\udcfe.py",
    "back\\slash.py",
    "rtl\u202etxt.py",
    "漢字🙂.py",
    "{brace}[bracket](paren).py",
)


def check(folder: Path, files: dict[str, str], **options: Any) -> Report:
    """The report of a run over ``files``, written into ``folder`` and linted there."""
    results = []
    for name, text in files.items():
        path = os.path.join(folder, name)
        with open(path, "wb") as stream:
            stream.write(text.encode("utf-8"))
        results.append(lint(path))
    return Report(results, cwd=str(folder), **options)


def lint(path: str) -> FileResult:
    with open(path, "rb") as stream:
        return lint_bytes(stream.read(), path, Settings())


def everything(folder: Path, **options: Any) -> Report:
    """A run that has all there can be: several rules and kinds of fix, a suppression, errors, a notebook."""
    files = {
        "sequential.py": SEQUENTIAL,
        "one_row.py": ONE_ROW,
        "wide.py": WIDE,
        "option.py": OPTION,
        "unsafe.py": UNSAFE,
        "no_fix.py": NO_FIX,
        "silenced.py": SILENCED,
        "broken.py": BROKEN,
        "clean.py": CLEAN,
        "notebook.ipynb": NOTEBOOK,
        "broken.ipynb": "{",
    }
    return check(folder, files, **options)


def hostile(folder: Path, **options: Any) -> Report:
    """Findings and errors in files whose names try to break the format; their code tries too."""
    poison = "# \x1b]0;title\x07 </script><script>alert(1)</script> ]]> \u202e %0A::error::\n"
    model = poison + ONE_ROW + 'x = "<img src=x onerror=alert(1)>"; ' + "y = nn.Sequential("
    model += "nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))  # <b>&amp;\x1b[31m\n"
    report = check(folder, dict.fromkeys(HOSTILE_NAMES, model), **options)
    broken = [
        FileResult(os.path.join(folder, f"no{name}"), error=f"cannot be read: {name}")
        for name in HOSTILE_NAMES
    ]
    return report._replace(results=[*report.results, *broken])
