"""The theory: what a layer or an operation does with the shifts in a tensor.

A shift is the constant that a layer's bias adds to each channel, followed through the model.  It is
*used* where anything could tell that it is there, and *cancelled* where a norm subtracts the mean
over everything but the channel axis.  Axes count from the front (1 is the channel axis of a batched
convolution); a negative axis counts from the back, for a tensor of unknown rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from convbias_lint.analysis.layer import Guard, LayerValue, Step
from convbias_lint.analysis.values import Tensor

MAX_PATH = 24


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

    def under(self, literal: tuple[object, bool]) -> Shift:
        """The same shift, present only where ``literal`` holds."""
        return Shift(self.layer, self.axis, self.guard | {literal}, self.path)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        return f"{self.layer!r}@{self.axis}"


def normal_axis(axis: int, rank: Optional[int]) -> int:
    """``axis`` counted from the front where the rank is known."""
    return axis + rank if axis < 0 and rank is not None else axis


def same_axis(one: int, other: int, rank: Optional[int]) -> bool:
    """Whether two axes are the same one for certain."""
    return normal_axis(one, rank) == normal_axis(other, rank)


def united(tensors: Iterable[Tensor]) -> tuple[Shift, ...]:
    """All shifts of several tensors, each layer's once per axis.

    A shift that comes by two ways is there under either guard: what both guards share is kept, which
    says that it is there more often than it may be, never less.
    """
    seen: dict[tuple[int, int], Shift] = {}
    for tensor in tensors:
        for shift in tensor.shifts:
            key = (id(shift.layer), shift.axis)
            other = seen.get(key)
            if other is None:
                seen[key] = shift
            elif other.guard != shift.guard:
                longer = max(other, shift, key=lambda one: len(one.path))
                seen[key] = Shift(shift.layer, shift.axis, other.guard & shift.guard, longer.path)
    return tuple(seen.values())


def merged(yes: Tensor, no: Tensor, atom: object) -> Tensor:
    """One tensor for the two sides of a branch: each side's shifts where the branch goes its way."""
    rank = yes.rank if yes.rank == no.rank else None
    dims = yes.dims if yes.dims == no.dims else None
    if yes.shifts == no.shifts:
        return Tensor(yes.shifts, rank, dims)
    ours = {(id(shift.layer), shift.axis) for shift in yes.shifts}
    theirs = {(id(shift.layer), shift.axis) for shift in no.shifts}
    shifts: list[Shift] = []
    for tensor, others, holds in ((yes, theirs, True), (no, ours, False)):
        for shift in tensor.shifts:
            both = (id(shift.layer), shift.axis) in others
            shifts.append(shift if both else shift.under((atom, holds)))
    return Tensor(united([Tensor(tuple(shifts))]), rank, dims)
