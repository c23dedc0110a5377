"""A process that lints, so that the server itself always has time for the editor.

It keeps the files that models import parsed between one keystroke and the next.  When it dies or
takes too long it is replaced; the document it died of is told as an error of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint.result import FileResult

if TYPE_CHECKING:
    from convbias_lint.config import Settings
    from convbias_lint.linter import FixMode

LIMIT = 30.0
"""Seconds that one document may take."""

BUSY = 20
"""How many looks may follow each other before memory is tidied all the same."""

_seen = -1


def _prepare() -> None:
    """In the new process: leave the editor's channel and interrupts to the server."""
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    from convbias_lint import examine  # noqa: F401  # what every document needs, before the first comes
    from convbias_lint.rules import run  # noqa: F401

    # Trees are a few hundred thousand objects: collecting in the middle of a look would double its time.
    gc.freeze()
    gc.disable()


def _end_with_the_server() -> None:
    """A killed server cannot end its process: it must see for itself that nobody is left to ask."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
    os._exit(1)


def _lint(data: bytes, filename: str, settings: Settings, fix: FixMode, disk: int) -> FileResult:
    """In the process: lint one document. ``disk`` counts the changes of other files so far."""
    global _seen
    from convbias_lint.linter import lint_bytes

    if disk != _seen:
        _seen = disk
        from convbias_lint.analysis.analyse import look_again

        look_again()
    return lint_bytes(data, filename, settings, fix=fix)


class Worker:
    """Lints documents one after the other, away from the event loop."""

    def __init__(self) -> None:
        self._pool: Optional[ProcessPoolExecutor] = None
        self._asked = self._done = 0
        self.disk = 0
        """Counts the changes of files that documents may import."""

    async def lint(self, data: bytes, filename: str, settings: Settings, fix: FixMode = "off") -> FileResult:
        """What `lint_bytes` finds. Never raises but for CancelledError."""
        for attempt in (1, 2):
            pool = self._started()
            try:
                future = pool.submit(_lint, data, filename, settings, fix, self.disk)
                self._asked += 1
                try:
                    return await asyncio.wait_for(asyncio.wrap_future(future), LIMIT)
                finally:
                    self._tidy(pool)
            except asyncio.TimeoutError:
                self.stop()
                return FileResult(filename, error=f"took more than {LIMIT:.0f} s and was given up")
            except (BrokenProcessPool, RuntimeError):
                if self._pool is pool:
                    self.stop()
                if attempt == 2:
                    break
        return FileResult(filename, error="the linting process died on this file")

    def _tidy(self, pool: ProcessPoolExecutor) -> None:
        """Collect what a look left behind: when nothing waits, or when many were asked for at once."""
        self._done += 1
        if self._done >= self._asked or self._done % BUSY == 0:
            with contextlib.suppress(RuntimeError):  # dead or shut down
                pool.submit(gc.collect)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context: Any = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_prepare)
        return self._pool

    def start(self) -> None:
        """Begin to start the process, before there is anything to lint."""
        self._started().submit(os.getpid)

    @property
    def pid(self) -> Optional[int]:
        """The number of the process, once it runs."""
        processes = getattr(self._pool, "_processes", None) or {}
        return next(iter(processes), None)

    def stop(self) -> None:
        """End the process, in the middle of its work if need be."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
