"""How long a run takes, beside other Python linters, on the sources of real packages.

    python benchmarks/peers.py FOLDER... [--peers FOLDER] [--write]

Each FOLDER holds an unpacked package; ``--peers`` is the ``bin`` folder of an environment with TorchFix,
flake8, Semgrep and Ruff.  All tools run in turn, in one run, and are compared by the processor time of
their whole process trees (user and system); ``--write`` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Optional

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
START, END = "<!-- peers:start -->", "<!-- peers:end -->"
RULE = """\
rules:
  - id: conv-before-batch-norm
    languages: [python]
    severity: WARNING
    message: redundant bias
    patterns:
      - pattern: nn.Sequential(..., nn.Conv2d(...), nn.BatchNorm2d(...), ...)
      - pattern-not: nn.Sequential(..., nn.Conv2d(..., bias=False, ...), nn.BatchNorm2d(...), ...)
"""


def commands(peers: Path, folder: str, rule: Path, cache: Path) -> dict[str, list[str]]:
    """What runs, by the name in the table."""
    ours = [sys.executable, "-m", "convbias_lint", "check", "--isolated", "--exit-zero", "--quiet", folder]
    ruff = [str(peers / "ruff"), "check", "--isolated", "--select", "E,F", "--exit-zero", "--quiet", folder]
    scan = [str(peers / "semgrep"), "scan", "--config", str(rule), "--metrics", "off", "--quiet"]
    scan += ["--disable-version-check", "--no-git-ignore", folder]
    inline = ["--config", f'cache-dir="{cache}"']
    return {
        "convbias-lint, cold": [*ours, "--no-cache"],
        "convbias-lint, cold, one process": [*ours, "--no-cache", "--jobs", "1"],
        "convbias-lint, cache filled": [*ours, *inline],
        "convbias-lint, warm": [*ours, *inline],
        "Ruff (E, F), cold": [*ruff, "--no-cache"],
        "Ruff (E, F), cache filled": [*ruff, "--cache-dir", str(cache / "ruff")],
        "Ruff (E, F), warm": [*ruff, "--cache-dir", str(cache / "ruff")],
        "Semgrep, one rule": scan,
        "flake8 (without TorchFix)": [
            *(str(peers / "flake8"), "--isolated", "--exit-zero", "--quiet", "--select", "E,F,W", folder)
        ],
        "TorchFix": [str(peers / "torchfix"), "--select", "ALL", folder],
    }


def processor_time(command: list[str], limit: float) -> Optional[tuple[float, float]]:
    """Seconds of the processor, of a command and all it starts, and of the clock; None past ``limit``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = os.times().elapsed
    try:
        subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limit,
            check=False,
            cwd=tempfile.gettempdir(),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, os.times().elapsed - begun


def table(folder: str, peers: Path, limit: float) -> str:
    """The rows of one package."""
    files = [path for path in Path(folder).rglob("*.py") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    work = Path(tempfile.mkdtemp())
    rule = work / "rule.yml"
    rule.write_text(RULE, encoding="utf-8")
    rows = []
    own: Optional[float] = None
    for name, command in commands(peers, os.path.abspath(folder), rule, work / "cache").items():
        taken = processor_time(command, limit)
        print(folder, name, taken, file=sys.stderr, flush=True)
        if "filled" in name:
            continue
        if taken is None:
            rows.append(f"| {name} | more than {limit:.0f} s | | |")
            continue
        own = own or taken[0]
        rows.append(f"| {name} | {taken[0]:.2f} s | {taken[1]:.2f} s | {taken[0] / own:.2f} |")
    shutil.rmtree(work, ignore_errors=True)
    head = f"### {Path(folder).name}: {len(files):,} files, {size:.1f} MB\n\n"
    head += "| | user and system time | clock | against ours, cold |\n|---|---|---|---|\n"
    return head + "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--peers", type=Path, default=Path(sys.executable).parent)
    parser.add_argument("--limit", type=float, default=900, help="seconds that one tool may take")
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    args = parser.parse_args()
    version = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    tables = "\n\n".join(table(folder, args.peers, args.limit) for folder in args.folders)
    text = f"{START}\n{tables}\n\n{version}.\n{END}"
    print(text)
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(re.sub(f"{START}.*?{END}", lambda _: text, page, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    main()
