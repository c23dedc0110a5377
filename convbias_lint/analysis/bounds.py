"""How far a run may go: the work that one entry point is worth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

MAX_WORK = 80_000
"""The bound on the work for one entry point, in about the nodes evaluated."""
MAX_IDLE = 2_000
"""The bound as long as no layer was built: configuration and base classes of a framework, no model."""
MAX_PREPARING = 5_000
"""The same for a class that itself names a layer and a norm, and will come to them."""
MAX_HALF = 10_000
"""The bound as long as no norm was built, or no layer whose bias a call in the linted file decides.

There is nothing to find yet.  Of the models measured that have a finding, the slowest to come to both
took 9,400 (the InceptionResnetV2 of timm).
"""
MAX_UNSEEN = 2_500
"""The same where the code of the file names nothing that it may be: other files would have to bring it.

Of the models measured that have a finding, the slowest to come to a norm that its file does not name took
1,600 (the SPADE of MONAI).
"""
MAX_BUILDING = 40_000
"""The bound on building a model of a class: running it takes about as much again.

Of the models measured that can be told anything of, the largest took 33,000 to build.
"""


BROKE_OFF = "the model has too many configurations"
"""What is said of layers whose fate a run past the bound did not see."""
CAME_TO_NO_END = "a path that does not come to an end"
"""What is said of layers whose fate a run did not see for code that cannot be run to its end."""


class GaveUp(Exception):
    """The bound on the work for one entry point was reached."""


class TooLong(GaveUp):
    """The bound on the work for one call of a function of plain data was reached."""


class Bounds:
    """The work done, and how much may be done."""

    def __init__(self) -> None:
        self.work = 0
        self.allowed = self.limit = MAX_IDLE
        self._inner = sys.maxsize
        """The bound for the call of a function of plain data that is run, if there is one."""
        self._most = MAX_WORK
        self._layers = 0
        self.built_bias = self.built_norm = False
        """Whether a layer was built whose bias the linted file decides, and a norm."""
        self.awaited: Callable[[], tuple[bool, bool]] = lambda: (True, True)
        """Asks whether the linted file names such a layer, and a norm, that the run may still come to."""

    def spend(self, amount: int) -> None:
        """Count work done. Raises GaveUp past the bound."""
        self.work += amount
        if self.work > self.limit:
            if self.limit < self.allowed:
                raise TooLong
            if not self._is_more_to_come():
                raise GaveUp(BROKE_OFF)
            self._extend(MAX_HALF)

    def limited(self, amount: int, thunk: Callable[[], _T]) -> _T:
        """``thunk()`` with no more than ``amount`` of work. Raises TooLong."""
        outer, before = self._inner, self._layers
        self._inner = min(outer, self.work + amount)
        self.limit = min(self.allowed, self._inner)
        try:
            return thunk()
        finally:
            # What builds layers is no function of plain data, nor is what calls it.
            self._inner = outer if self._layers == before else sys.maxsize
            self.limit = min(self.allowed, self._inner)

    def allow(self, biased: bool, norm: bool) -> None:
        """A layer was built: this is a model, and worth the whole bound once it has a bias and a norm."""
        self._layers += 1
        self._inner = sys.maxsize
        self.built_bias = self.built_bias or biased
        self.built_norm = self.built_norm or norm
        self._extend(self._most if self.built_bias and self.built_norm else MAX_UNSEEN)

    def _extend(self, bound: int) -> None:
        self.allowed = max(self.allowed, bound)
        self.limit = min(self.allowed, self._inner)

    def _is_more_to_come(self) -> bool:
        """Whether a model that lacks a bias or a norm so far is worth waiting for it."""
        if not self._layers or self.allowed >= MAX_HALF:
            return False
        bias, norm = self.awaited()
        return (self.built_bias or bias) and (self.built_norm or norm)

    def building(self) -> None:
        """A model is going to be built."""
        self._most = MAX_BUILDING

    def is_built(self) -> None:
        """The model has been built, and may be run."""
        self._most = MAX_WORK
        if self.allowed == MAX_BUILDING:
            self.allow(biased=False, norm=False)
