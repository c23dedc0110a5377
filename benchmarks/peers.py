"""How long a run takes, beside other Python linters, on the sources of real packages.

    python benchmarks/peers.py torchvision==0.28.0 timm==1.0.31 --peers FOLDER [--write]

Each package is downloaded (or is a folder that is there); ``--peers`` is the ``bin`` folder of an
environment with ruff, semgrep, flake8, torchfix, fixit and pylint.  All tools run in turn, in one run, and
are compared by the processor time of their whole process trees; ``--write`` puts the tables and a plot into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from plot import plot
from timing import ROOT, Cost, cost, write_region

PICTURE = ROOT / "docs" / "images" / "time.svg"
OURS = "convbias-lint, cold"
LARGE = 4
"""Megabytes from which on the tools that take minutes for one of them are left out."""
SLOW = ("Fixit", "flake8", "Pylint")
WARM = "convbias-lint, warm"
TARGETS = (
    ("TorchFix takes at least 20 × as much", "TorchFix", OURS, 20.0),
    ("Semgrep takes more", "Semgrep, one rule", OURS, 1.0),
    ("Ruff, cold, takes at least a 15th", "Ruff (E, F), cold", OURS, 1 / 15),
    ("Ruff, warm, takes at least a quarter", "Ruff (E, F), warm", WARM, 1 / 4),
)
"""What we aim at: how much of the time of one of our runs a peer takes at least."""
SEMGREP_RULE = """\
rules:
  - id: conv-before-batch-norm
    languages: [python]
    severity: WARNING
    message: redundant bias
    patterns:
      - pattern: nn.Sequential(..., nn.Conv2d(...), nn.BatchNorm2d(...), ...)
      - pattern-not: nn.Sequential(..., nn.Conv2d(..., bias=False, ...), nn.BatchNorm2d(...), ...)
"""
FIXIT_RULE = """\
import libcst as cst
from fixit import Invalid, LintRule, Valid


class ConvCall(LintRule):
    VALID = [Valid("f()")]
    INVALID = [Invalid("Conv2d()")]

    def visit_Call(self, node: cst.Call) -> None:
        if isinstance(node.func, cst.Name) and node.func.value == "Conv2d":
            self.report(node, "a convolution")
"""


def commands(peers: Path, folder: str, work: Path) -> dict[str, list[str]]:
    """What runs, by the name in the table."""
    ours = [sys.executable, "-m", "convbias_lint", "check", "--isolated", "--exit-zero", "--quiet", folder]
    ruff = [str(peers / "ruff"), "check", "--isolated", "--select", "E,F", "--exit-zero", "--quiet", folder]
    scan = [str(peers / "semgrep"), "scan", "--config", str(work / "rule.yml"), "--metrics", "off", "--quiet"]
    scan += ["--disable-version-check", "--no-git-ignore", folder]
    inline = ["--config", f'cache-dir="{work / "cache"}"']
    flake8 = [str(peers / "flake8"), "--isolated", "--exit-zero", "--quiet", "--select", "E,F,W", folder]
    pylint = [str(peers / "pylint"), "--rcfile=/dev/null", "--disable=all", "--enable=unused-import"]
    return {
        OURS: [*ours, "--no-cache"],
        "convbias-lint, cold, one process": [*ours, "--no-cache", "--jobs", "1"],
        "convbias-lint, cache filled": [*ours, *inline],
        "convbias-lint, warm": [*ours, *inline],
        "Ruff (E, F), cold": [*ruff, "--no-cache"],
        "Ruff (E, F), cache filled": [*ruff, "--cache-dir", str(work / "ruff")],
        "Ruff (E, F), warm": [*ruff, "--cache-dir", str(work / "ruff")],
        "Semgrep, one rule": scan,
        "Fixit, one rule": [str(peers / "fixit"), "--rules", "convbias_bench_rule", "lint", folder],
        "flake8 (without TorchFix)": flake8,
        "Pylint, one rule": [*pylint, "--recursive=y", folder],
        "TorchFix": [str(peers / "torchfix"), "--select", "ALL", folder],
    }


def table(
    name: str, folder: str, peers: Path, limit: float, only: list[str]
) -> tuple[str, float, dict[str, Cost]]:
    """The rows of one package, its size in megabytes, and what each tool took."""
    files = [path for path in Path(folder).rglob("*.py") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    work = Path(tempfile.mkdtemp())
    (work / "rule.yml").write_text(SEMGREP_RULE, encoding="utf-8")
    (work / "convbias_bench_rule.py").write_text(FIXIT_RULE, encoding="utf-8")
    rows: list[str] = []
    taken: dict[str, Cost] = {}
    for tool, command in commands(peers, os.path.abspath(folder), work).items():
        if only and tool != OURS and not any(tool.startswith(wanted) for wanted in only):
            continue
        if size > LARGE and tool.startswith(SLOW):
            continue
        spent = cost(command, limit, str(work))
        print(name, tool, spent, file=sys.stderr, flush=True)
        if spent is None or "filled" in tool:
            continue
        taken[tool] = spent
        ratio = spent.processor / taken[OURS].processor
        if not spent.ended:
            rows.append(f"| {tool}, cut off | > {spent.processor:.0f} s | > {limit:.0f} s | > {ratio:.1f} |")
            continue
        rows.append(f"| {tool} | {spent.processor:.2f} s | {spent.clock:.2f} s | {ratio:.2f} |")
    shutil.rmtree(work, ignore_errors=True)
    head = f"### {name}: {len(files):,} files, {size:.1f} MB\n\n"
    head += "| | user and system time | clock | against ours, cold |\n|---|---|---|---|\n"
    return head + "\n".join(rows), size, taken


def targets(packages: list[tuple[str, dict[str, Cost]]]) -> str:
    """What was aimed at, and what came out: the peer's time over ours."""
    rows = ["| | " + " | ".join(name for name, _ in packages) + " |", "|---" * (len(packages) + 1) + "|"]
    for target, peer, ours, least in TARGETS:
        cells = []
        for _, taken in packages:
            if peer not in taken or ours not in taken:
                cells.append("")
                continue
            ratio = taken[peer].processor / taken[ours].processor
            shown = f"{ratio:.1f}" if ratio >= 0.95 else f"1/{1 / ratio:.1f}"
            if not taken[peer].ended:
                cells.append(f"> {shown}" if ratio >= least else f"> {shown}, cut off")
                continue
            cells.append(shown if ratio >= least else f"{shown}, missed")
        rows.append(f"| {target} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def sources(package: str, folder: Path) -> Path:
    """The folder of a package's sources: ``package`` itself, or its wheel unpacked."""
    if os.path.isdir(package):
        return Path(package)
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
    subprocess.run([*pip, "-d", str(folder), package], check=True)
    name = re.split(r"[=<>!~]", package)[0].replace("-", "_")
    wheel = next(path for path in folder.glob("*.whl") if path.name.lower().startswith(f"{name.lower()}-"))
    target = folder / name
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target / name


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--peers", type=Path, default=Path(sys.executable).parent)
    parser.add_argument(
        "--limit", type=float, default=900, help="seconds of the clock that one tool may take"
    )
    parser.add_argument("--only", nargs="*", default=[], help="tools whose names begin so, beside ours")
    parser.add_argument("--write", action="store_true", help="write into docs/benchmarks.md")
    args = parser.parse_args()
    version = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    tables = []
    packages: list[tuple[str, dict[str, Cost]]] = []
    points: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as work:
        for package in args.packages:
            folder = sources(package, Path(work))
            text, size, taken = table(folder.name, str(folder), args.peers, args.limit, args.only)
            tables.append(text)
            packages.append((folder.name, taken))
            for tool, spent in taken.items():
                if spent.ended and "one process" not in tool:
                    points.setdefault(tool, []).append((size, spent.processor))
    text = "\n\n".join([*tables, f"{version}."])
    aims = targets(packages)
    print(text, aims, sep="\n\n")
    if args.write:
        write_region("targets", aims)
        write_region("peers", text)
        PICTURE.write_text(plot(points, OURS), encoding="utf-8")


if __name__ == "__main__":
    main()
