"""A line on a terminal that says how far a long run is."""

from __future__ import annotations

import time
from typing import TextIO

QUIET_FOR = 1.0
"""Seconds in which a run may end without a word."""
EVERY = 0.1


class ProgressLine:
    """Called with how many files are done and how many there are."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._start = time.monotonic()
        self._last = 0.0
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total:
            if self._shown:
                self._stream.write("\r\x1b[K")
                self._stream.flush()
                self._shown = False
            return
        if now - self._start < QUIET_FOR or now - self._last < EVERY:
            return
        self._last = now
        self._shown = True
        self._stream.write(f"\r\x1b[KChecked {done:,} of {total:,} files")
        self._stream.flush()
