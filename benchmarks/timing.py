"""What a command costs: processor time of its whole process tree, clock, memory of the largest process."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple, Optional

ROOT = Path(__file__).resolve().parents[1]


class Cost(NamedTuple):
    """Seconds of the processor (user and system) and of the clock; ``ended``: not cut off by the limit."""

    processor: float
    clock: float
    ended: bool


def cost(command: list[str], limit: float = 600, path: str = "") -> Optional[Cost]:
    """Run a command to its end, or to the limit in seconds; None where it cannot be started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), path)))}
    try:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            env=environment,
            start_new_session=True,
        )
    except FileNotFoundError:
        return None
    ended = True
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        ended = False
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    clock = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(used, clock, ended)


def median_cost(command: list[str], runs: int) -> Cost:
    """The median of some runs, each figure by itself, after one that is not counted."""
    found = [cost(command) for _ in range(runs + 1)][1:]
    costs = [one for one in found if one is not None]
    middle = len(costs) // 2
    return Cost(
        sorted(one.processor for one in costs)[middle],
        sorted(one.clock for one in costs)[middle],
        all(one.ended for one in costs),
    )
