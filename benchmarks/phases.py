"""Where the time of a cold run goes, in one process.

    python benchmarks/phases.py FOLDER... [--write]

Each FOLDER holds the sources of a package; ``--write`` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

from timing import write_region

from convbias_lint import snapshot
from convbias_lint.analysis import analyse, bias_access, entries, loader
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.prospects import is_candidate
from convbias_lint.analysis.runs import Run
from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes, worth_a_look
from convbias_lint.rules import run as rules_run

OUTCOMES = {
    "found": "a bias is redundant",
    "used": "biases meet a norm, but are used, too",
    "apart": "biases meet no norm",
    "none": "no layer whose bias the file decides",
    "broken": "given up at a bound",
}
PHASES = ("read and gate", "parse", "evaluate", "code that uses biases", "all else")
BESIDE = "for comparison: LibCST's parse of the files looked into"


class Clock:
    """Processor time by phase; a phase inside another does not count for the outer one."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(PHASES, 0.0)
        self.beside = 0.0
        """What LibCST takes to parse the same files, right before each."""
        self._inside: list[float] = []

    def watch(self, owner: Any, name: str, phase: str) -> None:
        """Count what ``owner.name`` takes for ``phase``."""
        original: Callable[..., Any] = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            begun = time.process_time()
            self._inside.append(0.0)
            try:
                return original(*args, **kwargs)
            finally:
                taken = time.process_time() - begun
                self.spent[phase] += taken - self._inside.pop()
                if self._inside:
                    self._inside[-1] += taken

        setattr(owner, name, watched)


class Outcomes:
    """Steps of the evaluator by what came of a model or function."""

    def __init__(self) -> None:
        self.steps = dict.fromkeys(OUTCOMES, 0)
        original = entries.Runner._guarded

        def watched(runner: entries.Runner, name: str, run: Any) -> Optional[Run]:
            before = runner.steps
            result = original(runner, name, run)
            if result is not None:
                self.steps[_outcome(result, runner.file)] += runner.steps - before
            return result

        entries.Runner._guarded = watched  # type: ignore[method-assign]


def _outcome(run: Run, file: SourceFile) -> str:
    layers = [layer for layer in run.layers if is_candidate(layer, file)]
    if any(layer.cancelled and not layer.used for layer in layers):
        return "found"
    if run.broken:
        return "broken"
    if any(layer.cancelled for layer in layers):
        return "used"
    return "apart" if layers else "none"


def measured(folder: str, clock: Clock) -> tuple[int, int]:
    """Check a package; how many files there are, and how many are parsed for their own sake."""
    paths = sorted(str(path) for path in Path(folder).rglob("*.py") if path.is_file())
    begun = time.process_time()
    files = [(os.path.abspath(path), Path(path).read_bytes()) for path in paths]
    files = [(path, data) for path, data in files if worth_a_look(data, path)]
    clock.spent["read and gate"] += time.process_time() - begun
    import libcst

    for path, data in files:
        begun = time.process_time()
        libcst.parse_module(data)
        clock.beside += time.process_time() - begun
        begun, before = time.process_time(), sum(clock.spent.values())
        lint_bytes(data, path, Settings())
        taken = time.process_time() - begun
        clock.spent["all else"] += taken - (sum(clock.spent.values()) - before)
    return len(paths), len(files)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--write", action="store_true", help="write into docs/benchmarks.md")
    args = parser.parse_args()
    gc.disable()
    snapshot.take(True)
    clock = Clock()
    clock.watch(analyse, "parse", "parse")
    clock.watch(loader, "parse", "parse")
    clock.watch(entries.Runner, "run_all", "evaluate")
    clock.watch(bias_access.BiasAccesses, "__init__", "code that uses biases")
    clock.watch(bias_access.BiasAccesses, "crashes", "code that uses biases")
    clock.watch(rules_run, "analyse", "all else")
    outcomes = Outcomes()
    shown = [f"| package | steps | {' | '.join(OUTCOMES.values())} |", "|---|---|" + "---|" * len(OUTCOMES)]
    lines = [
        f"| package | files, looked into | {' | '.join(PHASES)} | {BESIDE} |",
        "|---|---|" + "---|" * (len(PHASES) + 1),
    ]
    for folder in args.folders:
        clock.spent.update(dict.fromkeys(PHASES, 0.0))
        clock.beside = 0.0
        outcomes.steps.update(dict.fromkeys(OUTCOMES, 0))
        count, looked = measured(folder, clock)
        shares = " | ".join(f"{clock.spent[phase]:.2f} s" for phase in PHASES)
        lines.append(f"| {Path(folder).name} | {count:,}, {looked:,} | {shares} | {clock.beside:.2f} s |")
        every = sum(outcomes.steps.values())
        parts = " | ".join(f"{steps / max(every, 1):.0%}" for steps in outcomes.steps.values())
        shown.append(f"| {Path(folder).name} | {every:,} | {parts} |")
        analyse.forget()
        gc.collect()
    text = "\n".join([*lines, "", *shown])
    print(text)
    if args.write:
        write_region("profile", text)


if __name__ == "__main__":
    main()
