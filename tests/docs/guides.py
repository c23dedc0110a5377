"""Guides whose sessions run: a Python block with a title is a file, a console block shows a session.

After each line that starts with ``$ `` stands what the command prints.  Run this file as a script to write
that anew.  A line ``...`` in a session stands for lines left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEED_TORCH = ("docs/faq.md", "docs/theory.md", "docs/audit.md", "docs/fold.md", "docs/migrate.md")
GUIDES = ("README.md", "docs/index.md", "docs/silencing.md", "docs/api.md", *NEED_TORCH)

_BLOCK = re.compile(
    r'^```(?:python title="(?P<name>[\w.]+)"|(?P<console>console))\n(?P<text>.*?)^```$', re.M | re.S
)


def outcome(command: str, folder: Path) -> str:
    """What a command prints, run in ``folder``."""
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
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
        "PYTHONWARNINGS": "ignore",
        "OMP_NUM_THREADS": "1",
    }
    for name in ("FORCE_COLOR", "CONVBIAS_LINT_OUTPUT_FORMAT"):
        environment.pop(name, None)
    done = subprocess.run(
        ["sh", "-c", f"{command} 2>&1"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def rewritten(guide: str) -> str:
    """A guide with the output of its commands as it is now; what it leaves out stays left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "examples/" in guide:
            shutil.copytree(
                ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns(".*", "__*")
            )

        def run(block: re.Match[str]) -> str:
            if block["name"]:
                (folder / block["name"]).write_text(block["text"], encoding="utf-8")
                return block[0]
            return f"```console\n{''.join(_sessions(block['text'], folder))}```"

        return _BLOCK.sub(run, guide)


def _sessions(text: str, folder: Path) -> list[str]:
    parts = re.split(r"^(\$ .*\n)", text, flags=re.M)
    shown = [parts[0]]
    for command, output in zip(parts[1::2], parts[2::2]):
        real = outcome(command[2:].rstrip("\n"), folder)
        shown += [command, output if _abridges(output, real) else real]
    return shown


def _abridges(shown: str, real: str) -> bool:
    """Whether ``shown`` is ``real`` with lines left out where it has lines of three dots."""
    pieces = re.split(r"^\.\.\.\n", shown, flags=re.M)
    if len(pieces) == 1:
        return False
    return re.fullmatch(r"(?:.*\n)+".join(map(re.escape, pieces)), real) is not None


if __name__ == "__main__":
    for name in sys.argv[1:] or GUIDES:
        path = ROOT / name
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
