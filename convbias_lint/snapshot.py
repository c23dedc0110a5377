"""Whether the files that others import are taken as they were when first read.

A run over many files is one look at them all: to ask for each file whether one of hundreds of others
has changed meanwhile would cost more than many files themselves.
"""

from __future__ import annotations

_taken = False


def take(taken: bool) -> None:
    """Begin such a run, or end it."""
    global _taken
    _taken = taken


def is_taken() -> bool:
    """Whether such a run is on."""
    return _taken
