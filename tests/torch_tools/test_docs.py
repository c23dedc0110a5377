"""The guides are true: their files are written, their commands run, what comes out is what they show.

In a guide, a Python block with a title is a file, and a console block a session: after each line that
starts with ``$ `` stands what the command prints.  Run this file as a script to write that anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = ["audit.md", "fold.md", "migrate.md"]
_BLOCK = re.compile(
    r'^```(?:python title="(?P<name>[\w.]+)"|(?P<console>console))\n(?P<text>.*?)^```$', re.M | re.S
)
# Rounding differs between processors, and Adam makes much of the rounding in a gradient that should be zero.
_ROUNDING = re.compile(r"\d(?:\.\d+)?e[+-]\d+|(?<=by at most )\d[\d.]*\d")


def outcome(command: str, folder: Path) -> str:
    """What a command of a guide prints, run in ``folder``."""
    bin_folder = folder / ".bin"
    if not bin_folder.exists():
        bin_folder.mkdir()
        for name, arguments in {"convbias-lint": "-m convbias_lint", "python": ""}.items():
            script = bin_folder / name
            script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
            script.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(DOCS.parent),
        "PYTHONWARNINGS": "ignore",
        "OMP_NUM_THREADS": "1",
    }
    done = subprocess.run(
        ["sh", "-c", f"{command} 2>&1"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def rewritten(guide: str) -> str:
    """A guide with the output of its commands as it is now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def run(block: re.Match[str]) -> str:
            if block["name"]:
                (folder / block["name"]).write_text(block["text"], encoding="utf-8")
                return block[0]
            commands = [line for line in block["text"].splitlines() if line.startswith("$ ")]
            session = "".join(f"{line}\n{outcome(line[2:], folder)}" for line in commands)
            return f"```console\n{session}```"

        return _BLOCK.sub(run, guide)


@pytest.mark.parametrize("name", GUIDES)
def test_guide(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert _ROUNDING.sub("#", rewritten(text)) == _ROUNDING.sub("#", text)


if __name__ == "__main__":
    for guide in GUIDES:
        path = DOCS / guide
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
