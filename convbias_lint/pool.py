"""Files shared out to worker processes, one file at a time.

A worker that dies or hangs costs its file one line, and is replaced.  Workers ignore Ctrl-C: the parent
hears it and ends them at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Optional

from convbias_lint.one_by_one import one_run, too_long
from convbias_lint.project import Task
from convbias_lint.result import FileResult

Job = tuple[int, Task]
Keep = Callable[[int, Task, FileResult], None]

SHARES_PER_WORKER = 6
MAX_BYTES = 210_000_000
"""A worker that has grown by more than this is replaced: it keeps the trees of files that others import."""
GRACE = 2.0
"""Seconds that a worker's start may take beyond the limit of its first file."""


def run_in_processes(waiting: Sequence[Job], processes: int, limit: float, keep: Keep) -> None:
    """Run the tasks in ``processes`` workers and hand each result to ``keep`` as it comes."""
    context = _context()
    shares = shared_out(waiting, processes)
    workers: list[_Worker] = []
    try:
        while len(workers) < min(processes, len(shares)):
            workers.append(_Worker(context, workers, limit))
        busy = [worker for worker in workers if worker.next_job(shares)]
        while busy:
            ready = wait([worker.pipe for worker in busy], _patience(busy, limit))
            for worker in list(busy):
                if worker.pipe in ready:
                    result = worker.result()
                elif limit > 0 and worker.age() > limit:
                    worker.kill()
                    result = too_long(worker.task, limit)
                else:
                    continue
                if result is None:
                    result = FileResult(worker.task.target.path, error=worker.cause_of_death())
                keep(worker.number, worker.task, result)
                if worker.ended and (worker.share or shares):
                    worker.restart(context, workers)
                if worker.ended or not worker.next_job(shares):
                    busy.remove(worker)
    except BaseException:
        for worker in workers:
            worker.kill()
        raise
    for worker in workers:
        worker.end()


def shared_out(waiting: Sequence[Job], processes: int) -> list[list[Job]]:
    """The tasks in shares of about the same size, the largest last since they are taken from there.

    Files of one folder stay together where possible: they import each other, and a worker parses such a
    file only once.
    """
    total = sum(len(task.data) for _, task in waiting)
    enough = max(1, total // (processes * SHARES_PER_WORKER))
    shares: list[list[Job]] = []
    sizes: list[int] = []
    folder: Optional[str] = None
    for number, task in sorted(waiting, key=lambda job: (os.path.dirname(job[1].target.path), job[0])):
        here = os.path.dirname(task.target.path)
        if not shares or (here != folder and sizes[-1] * 4 > enough) or sizes[-1] + len(task.data) > enough:
            shares.append([])
            sizes.append(0)
        folder = here
        shares[-1].append((number, task))
        sizes[-1] += len(task.data)
    order = sorted(range(len(shares)), key=lambda index: sizes[index])
    for share in shares:
        share.sort(key=lambda job: len(job[1].data))
    return [shares[index] for index in order]


class _Worker:
    """A process that checks one file after the other, seen from the parent."""

    pipe: Connection
    number: int
    task: Task

    def __init__(self, context: Any, siblings: Sequence[_Worker], limit: float) -> None:
        self._limit = limit
        self.share: list[Job] = []
        self.ended = True
        self._since = 0.0
        self.restart(context, siblings)

    def restart(self, context: Any, siblings: Sequence[_Worker]) -> None:
        self.pipe, theirs = context.Pipe()
        inherited = [worker.pipe for worker in siblings if worker is not self and not worker.ended]
        # Only a forked child holds the parent's ends, and would keep its siblings alive with them.
        close = [*inherited, self.pipe] if context.get_start_method() == "fork" else []
        self._process = context.Process(target=_work, args=(theirs, close, self._limit), daemon=True)
        self._process.start()
        theirs.close()
        self.ended = False
        self._fresh = True

    def next_job(self, shares: list[list[Job]]) -> bool:
        """Hand out the next task, of this worker's share or a new one; False if none is left."""
        if not self.share:
            if not shares:
                return False
            self.share = shares.pop()
        self.number, self.task = self.share.pop()
        self._since = time.monotonic() + (GRACE if self._fresh else 0.0)
        self._fresh = False
        with suppress(OSError):  # it died while idle: that shows when its result is awaited
            self.pipe.send(self.task)
        return True

    def result(self) -> Optional[FileResult]:
        """What the worker sent; None if it died instead. A worker that has grown too large is ended."""
        try:
            result, grown = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return None
        if grown > MAX_BYTES:
            self.end()
        assert isinstance(result, FileResult)
        return result

    def age(self) -> float:
        """How long the current file has taken, in seconds."""
        return time.monotonic() - self._since

    def cause_of_death(self) -> str:
        code = self._process.exitcode
        if code is not None and code < 0:
            with suppress(ValueError):
                name = signal.Signals(-code).name
                hint = ", perhaps out of memory" if name == "SIGKILL" else ""
                return f"not checked: the worker was ended by {name}{hint}"
        return f"not checked: the worker ended with status {code}"

    def end(self) -> None:
        """Hang up; a worker that has nothing to do ends then."""
        if self.ended:
            return
        with suppress(OSError):
            self.pipe.close()
        self._process.join(0.2)
        self.kill()

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        if self.ended:
            return
        self.ended = True
        if self._process.exitcode is None:
            self._process.kill()
        self._process.join()
        with suppress(OSError):
            self.pipe.close()


def _patience(busy: Sequence[_Worker], limit: float) -> Optional[float]:
    if limit <= 0:
        return None
    return max(0.0, limit - max(worker.age() for worker in busy)) + 0.01


def _peak_bytes() -> int:
    """The most memory that this process ever had; 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _context() -> Any:
    """Fork where that is sound: a child then has all modules, imported once, for nothing."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    if sys.platform.startswith("linux") and alone:
        import convbias_lint.examine
        import convbias_lint.rules.run  # noqa: F401

        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _work(pipe: Connection, inherited: Sequence[Connection], limit: float) -> None:
    """The life of a worker: tasks in, results out, until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_after = _alarm()
    for other in inherited:
        other.close()
    at_start = _peak_bytes()  # of a forked child, all that its parent holds
    with suppress(EOFError, OSError), one_run() as collect:
        while True:
            task: Task = pipe.recv()
            collect()
            if limit > 0:
                end_after(2 * limit + GRACE)
            result = task.run()
            end_after(0)
            pipe.send((result, _peak_bytes() - at_start))
    os._exit(0)


def _alarm() -> Callable[[float], object]:
    """What has the system end this process after some seconds, whatever it does; 0 calls that off.

    The parent ends a worker that takes too long, but may itself be gone by then.
    """
    if not hasattr(signal, "setitimer"):  # Windows
        return lambda _: None
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    return lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)
