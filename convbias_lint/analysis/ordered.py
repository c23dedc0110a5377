"""The content of a dict: its order counts, through the two sides of a branch, too."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

made = count()
"""Numbers for what is made, in that order; ids are taken again by what is made later."""


class Ordered(dict[Any, Any]):
    """``mixed`` says that the keys come in another order in some configurations."""

    __slots__ = ("mixed", "number")

    def __init__(self, items: dict[Any, Any]) -> None:
        super().__init__(items)
        self.number = next(made)
        self.mixed: bool = isinstance(items, Ordered) and items.mixed

    def note(self, keys: Iterable[Any], others: Iterable[Any]) -> None:
        """The sides of a branch are about to add ``keys`` and ``others``, those of the first side first."""
        new = dict.fromkeys(key for key in keys if key not in self)
        late = [key for key in others if key not in self]
        together = {**new, **dict.fromkeys(late)}
        wanted = set(late)
        self.mixed = self.mixed or [key for key in together if key in wanted] != late
