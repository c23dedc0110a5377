"""Files checked in this process, one after the other, each within its time."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from convbias_lint import snapshot
from convbias_lint.project import Task
from convbias_lint.result import FileResult

COLLECT_AFTER = 400_000
"""Objects more than after the last collection (a hundred MB); trees and values are full of cycles."""
ALL_AFTER = 8
"""After how many collections of what is new all is looked through: most of what is old is there to stay."""


class TookTooLong(BaseException):
    """A file took longer than it may. No Exception, so that nothing on its way swallows it."""


def run_here(
    waiting: Sequence[tuple[int, Task]],
    limit: float,
    keep: Callable[[int, Task, FileResult], None],
) -> None:
    """Run the tasks and hand each result to ``keep``."""
    with one_run() as collect:
        for number, task in waiting:
            collect()
            keep(number, task, run_task(task, limit))


def run_task(task: Task, limit: float) -> FileResult:
    """The result of one task, or one line that says that it took too long."""
    expired = False

    def expire(*_: object) -> None:
        nonlocal expired
        expired = True
        raise TookTooLong

    try:
        before = signal.signal(signal.SIGALRM, expire) if limit > 0 else None
    except (AttributeError, ValueError):  # Windows has no alarm, and only the main thread may set one
        return task.run()
    others = (0.0, 0.0)
    try:
        if limit > 0:
            others = signal.setitimer(signal.ITIMER_REAL, limit)
        result = task.run()
    except TookTooLong:
        return too_long(task, limit)
    finally:
        if limit > 0:
            signal.setitimer(signal.ITIMER_REAL, *others)  # of the program that this runs in
            signal.signal(signal.SIGALRM, before)
    return too_long(task, limit) if expired else result


def too_long(task: Task, limit: float) -> FileResult:
    """The result of a task that was stopped."""
    return FileResult(task.target.path, error=f"not checked: took longer than {limit:g} s (see --timeout)")


@contextmanager
def one_run() -> Iterator[Callable[[], None]]:
    """Look at many files: other files are taken as first read, garbage is collected between files only.

    While a file is parsed there is next to none, and the collector would walk the growing tree again
    and again.  Yields what to call before each file: after the last there is nothing to make room for.
    """
    enabled = gc.isenabled()
    collections = 0

    def collect() -> None:
        nonlocal collections
        if gc.get_count()[0] > COLLECT_AFTER:
            collections += 1
            gc.collect(1 if collections % ALL_AFTER else 2)

    gc.disable()
    gc.freeze()
    snapshot.take(True)
    try:
        yield collect
    finally:
        snapshot.take(False)
        gc.unfreeze()
        if enabled:
            gc.enable()
