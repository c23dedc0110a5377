"""What the benchmarks share: what a command costs, and where figures go."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple, Optional

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"


class Cost(NamedTuple):
    """Seconds of the processor (user and system) and of the clock; ``ended``: not cut off by the limit.

    Of what was cut off these are the seconds until then.
    """

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
    ended, cut_off = True, 0.0
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        ended, cut_off = False, _used_in_session(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    clock = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(max(used, cut_off), clock, ended)


def _used_in_session(leader: int) -> float:
    """Seconds of the processor that the running processes of a session have used, with children that ended.

    Told by ``/proc`` (Linux): the resources of a process that is killed are not handed on to its parent's.
    """
    ticks = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if fields[3] == str(leader):  # the session; utime, stime, cutime and cstime are fields 11 to 14
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


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


def write_region(name: str, text: str) -> None:
    """Put ``text`` into the part ``name`` of docs/benchmarks.md, in the place of what is there."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    page, found = re.subn(
        f"{start}.*?{end}",
        lambda _: f"{start}\n{text}\n{end}",
        PAGE.read_text(encoding="utf-8"),
        flags=re.S,
    )
    if not found:
        raise SystemExit(f"{PAGE} has no part `{name}`")
    PAGE.write_text(page, encoding="utf-8")
