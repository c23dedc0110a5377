"""The theory: what a layer or an operation does with the shifts in a tensor.

A shift is the constant that a layer's bias adds to each channel, followed through the model.  It is
*used* where anything could tell that it is there, and *cancelled* where a norm subtracts the mean
over everything but the channel axis.  Axes count from the front (1 is the channel axis of a batched
convolution); a negative axis counts from the back, for a tensor of unknown rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

from convbias_lint.analysis.layer import Guard, LayerValue, Step
from convbias_lint.analysis.values import Tensor

NOWHERE = 1_000_000
"""The axis of a shift that runs along no single one: nothing passes it on, no norm takes it away."""
MAX_PATH = 24
MAX_WAYS = 4
"""How many guards of one shift are told apart."""


class Shift:
    """One layer's shift in one tensor: along which axis, under which guard, by which way."""

    __slots__ = ("axis", "guard", "layer", "path")

    def __init__(self, layer: LayerValue, axis: int, guard: Guard, path: tuple[Step, ...]) -> None:
        self.layer = layer
        self.axis = axis
        self.guard = guard
        self.path = path

    def moved(self, axis: int, step: Optional[Step]) -> Shift:
        """The same shift after an operation that passes it on, now along ``axis``."""
        path = self.path if step is None or len(self.path) >= MAX_PATH else (*self.path, step)
        return Shift(self.layer, axis, self.guard, path)

    def __repr__(self) -> str:
        return f"{self.layer!r}@{self.axis}"


class Stack:
    """What was stacked along ``axis``: the shifts of the parts, and how many axes each part has."""

    __slots__ = ("axis", "rank", "shifts")

    def __init__(self, axis: int, shifts: tuple[Shift, ...], rank: Optional[int]) -> None:
        self.axis = axis
        self.shifts = shifts
        self.rank = rank


def normal_axis(axis: int, rank: Optional[int]) -> int:
    """``axis`` counted from the front where the rank is known."""
    return axis + rank if axis < 0 and rank is not None else axis


def same_axis(one: int, other: int, rank: Optional[int]) -> bool:
    """Whether two axes are the same one for certain."""
    return normal_axis(one, rank) == normal_axis(other, rank)


def united(tensors: Iterable[Tensor]) -> tuple[Shift, ...]:
    """All shifts of several tensors.

    One that comes by several ways is kept once for each guard, up to a bound; beyond it only what the
    guards share is kept, which says that it is there more often than it may be, never less.
    """
    seen: dict[tuple[int, int], list[Shift]] = {}
    for tensor in tensors:
        for shift in tensor.shifts:
            _add(seen.setdefault((id(shift.layer), shift.axis), []), shift)
    return tuple(shift for held in seen.values() for shift in held)


def _add(held: list[Shift], shift: Shift) -> None:
    """Add a shift to those of the same layer along the same axis."""
    for place, other in enumerate(held):
        common = other.guard & shift.guard
        apart = other.guard ^ shift.guard
        opposite = len(apart) == 2 and len({atom for atom, _ in apart}) == 1
        if opposite or common == other.guard or common == shift.guard or len(held) >= MAX_WAYS:
            del held[place]
            longer = max(other, shift, key=lambda one: len(one.path))
            _add(held, Shift(shift.layer, shift.axis, common, longer.path))
            return
    held.append(shift)


def merged(yes: Tensor, no: Tensor, atom: object) -> Tensor:
    """One tensor for the two sides of a branch: each side's shifts where the branch goes its way."""
    rank = yes.rank if yes.rank == no.rank else None
    dims = yes.dims if yes.dims == no.dims else None
    if yes.shifts == no.shifts:
        return Tensor(yes.shifts, rank, dims)
    return Tensor(united((under(yes, atom, True), under(no, atom, False))), rank, dims)


def under(tensor: Tensor, atom: Any, holds: bool) -> Tensor:
    """The tensor with those of its shifts that are there where ``atom`` holds, or does not."""
    shifts = (
        Shift(shift.layer, shift.axis, shift.guard | {(atom, holds)}, shift.path)
        for shift in tensor.shifts
        if (atom, not holds) not in shift.guard
    )
    return Tensor(tuple(shifts), tensor.rank)
