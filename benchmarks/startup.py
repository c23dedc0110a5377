"""What one small run costs, against bare interpreters; memory and processes of a large one.

    python benchmarks/startup.py [FOLDER] [--write]

FOLDER holds the sources of a large package.  ``--write`` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import ROOT, median_cost, write_region

RUNS = 15
LARGE_RUNS = 3
ENTRY = "from convbias_lint.cli.main import main; main()"
BLOCK = """

class Block{number}(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        return F.relu(x + self.bn2(self.conv2(out)))
"""


def model_file() -> str:
    """A file of about 300 lines with models in it."""
    head = "import torch.nn as nn\nimport torch.nn.functional as F\n"
    return head + "".join(BLOCK.format(number=number) for number in range(23))


def check(*words: str) -> list[str]:
    return [sys.executable, "-c", ENTRY, "check", "--isolated", "--no-cache", "--exit-zero", *words]


def peak_megabytes(command: list[str]) -> float:
    """Memory of the largest process that a command starts."""
    watch = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch, *command],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return int(done.stdout) / 1024


def rows(large: str) -> list[str]:
    """The rows of the table."""
    made = []
    with tempfile.TemporaryDirectory() as work:
        plain, model = Path(work, "plain.py"), Path(work, "model.py")
        plain.write_text("x = 1\n", encoding="utf-8")
        model.write_text(model_file(), encoding="utf-8")
        lines = model_file().count("\n")
        for what, command, base, name in (
            ("a file without models", check(str(plain)), "pass", "`python -c pass`"),
            (
                f"a model file of {lines} lines",
                check(str(model)),
                "import libcst",
                '`python -c "import libcst"`',
            ),
        ):
            ours = median_cost(command, RUNS).processor
            bare = median_cost([sys.executable, "-c", base], RUNS).processor
            times = f"{ours * 1000:.0f} ms | {name}: {bare * 1000:.0f} ms | {ours / bare:.1f} ×"
            made.append(f"| {what}, whole process | {times} |")
    if large:
        name = Path(large).name
        one, two = (median_cost(check("--jobs", jobs, large), LARGE_RUNS) for jobs in ("1", "2"))
        made.append(
            f"| {name}, clock, 2 processes | {two.clock:.1f} s | 1 process: {one.clock:.1f} s "
            f"| {one.clock / two.clock:.2f} × faster |"
        )
        made.append(f"| {name}, largest process | {peak_megabytes(check(large)):.0f} MB | | |")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--write", action="store_true", help="write into docs/benchmarks.md")
    args = parser.parse_args()
    head = "| | ours | beside | |\n|---|---|---|---|\n"
    text = head + "\n".join(rows(args.folder))
    print(text)
    if args.write:
        write_region("startup", text)


if __name__ == "__main__":
    main()
