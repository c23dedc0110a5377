"""Many files: read them, pass over those without layers, look the rest up in the cache, share out the work.

The parent reads and gates; only files that may hold a finding are handed to workers, and only if there
are enough of them to be worth the start of a worker.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple, Optional

from convbias_lint.config_files import Finder
from convbias_lint.contents import fingerprint, read
from convbias_lint.discovery import Target, discover, reason
from convbias_lint.linter import lint_bytes, place_of, worth_a_look
from convbias_lint.result import FileResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convbias_lint.cache import Cache
    from convbias_lint.config import Settings
    from convbias_lint.linter import FixMode

DEFAULT_LIMIT = 60.0
"""Seconds that one file may take."""
BYTES_PER_WORKER = 150_000
"""A worker costs about as much to start as this much source costs to check."""

Progress = Callable[[int, int], None]
"""Called with how many files are done, and how many there are."""


class Options(NamedTuple):
    """How to run: ``jobs`` is the number of processes, None for as many as pay; ``limit`` is in seconds."""

    fix: bool = False
    ignore_noqa: bool = False
    jobs: Optional[int] = None
    limit: float = DEFAULT_LIMIT


class Task(NamedTuple):
    """One file that must be looked at."""

    target: Target
    data: bytes
    fix: FixMode
    ignore_noqa: bool

    @property
    def place(self) -> str:
        """The absolute path, by which the cache and the analysis know the file."""
        return place_of(self.target.path)

    def run(self) -> FileResult:
        settings = self.target.settings
        result = lint_bytes(self.data, self.place, settings, fix=self.fix, ignore_noqa=self.ignore_noqa)
        return result.named(self.target.path)


class Outcome(NamedTuple):
    """A file's result, and the fingerprint of what was read, to see later if the file has changed."""

    target: Target
    result: FileResult
    fingerprint: Optional[bytes] = None


def lint_paths(
    paths: Sequence[str],
    settings: Optional[Settings] = None,
    *,
    jobs: int = 1,
) -> list[FileResult]:
    """Lint files and folders; nothing is written.

    Each file follows its nearest configuration file, unless ``settings`` are given for all.  Paths that
    cannot be read are results with an ``error``.  With ``jobs`` above 1, guard the main module of the
    calling program by ``if __name__ == "__main__"``, as for any use of processes.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    finder = Finder() if settings is None else Finder(isolated=True, change=lambda _: settings)
    found = discover([os.fspath(path) for path in paths], finder)
    results = [FileResult(problem.path, error=problem.message) for problem in found.problems]
    results += [outcome.result for outcome in lint_targets(found.targets, Options(jobs=jobs))]
    return sorted(results, key=lambda result: result.filename)


def lint_targets(
    targets: Sequence[Target],
    options: Options,
    open_cache: Optional[Callable[[], Cache]] = None,
    progress: Optional[Progress] = None,
) -> list[Outcome]:
    """Lint files; the outcomes are in the order of ``targets``.

    The cache is opened only if there is something to look up in it.
    """
    analysis = sys.modules.get("convbias_lint.analysis.analyse")
    if analysis is not None:
        analysis.forget()  # a run sees the files as they are now
    cache: Optional[Cache] = None
    outcomes: list[Optional[Outcome]] = [None] * len(targets)
    waiting: list[tuple[int, Task]] = []
    for number, target in enumerate(targets):
        try:
            data = read(target.path)
        except (OSError, MemoryError) as error:
            outcomes[number] = Outcome(target, FileResult(target.path, error=reason(error)))
            continue
        if not worth_a_look(data, target.path, target.settings.layers):
            outcomes[number] = Outcome(target, FileResult(target.path))
            continue
        task = Task(target, data, fixing_mode(target, options), options.ignore_noqa)
        if cache is None and open_cache is not None:
            cache = open_cache()
        known = None if cache is None else cache.get(task)
        if known is None:
            waiting.append((number, task))
        else:
            outcomes[number] = Outcome(target, known, fingerprint(data))

    done = len(targets) - len(waiting)
    if progress is not None and waiting:
        progress(done, len(targets))

    def keep(number: int, task: Task, result: FileResult) -> None:
        nonlocal done
        done += 1
        outcomes[number] = Outcome(task.target, result, fingerprint(task.data))
        if cache is not None:
            cache.put(task, result)
        if progress is not None:
            progress(done, len(targets))

    processes = worth_starting([task for _, task in waiting], options.jobs)
    try:
        if processes > 1:
            from convbias_lint.pool import run_in_processes

            run_in_processes(waiting, processes, options.limit, keep)
        elif waiting:
            from convbias_lint.one_by_one import run_here

            run_here(waiting, options.limit, keep)
    finally:
        # What is known by the time someone presses Ctrl-C need not be found again.
        if cache is not None:
            cache.save()
    return [outcome for outcome in outcomes if outcome is not None]


def worth_starting(tasks: Sequence[Task], jobs: Optional[int]) -> int:
    """How many processes to use."""
    if jobs is not None:
        return min(jobs, len(tasks))
    paying = sum(len(task.data) for task in tasks) // BYTES_PER_WORKER
    return min(processors(), len(tasks), paying)


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def fixing_mode(target: Target, options: Options) -> FixMode:
    """Which fixes to apply to a file: none where a link that no one named leads out of the tree."""
    if not options.fix or target.outside is not None:
        return "off"
    return "unsafe" if target.settings.unsafe_fixes else "safe"
