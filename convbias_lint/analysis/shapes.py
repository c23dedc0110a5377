"""Axes: where a shift's axis is found again when axes change places, are cut, come, go or are repeated."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.layer import Step
from convbias_lint.analysis.lengths import axes_in, integers, plain_integers, settled_items
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.shifts import normal_axis
from convbias_lint.analysis.values import (
    Const,
    Parts,
    Tensor,
    Tuple,
    Value,
)


def _used(m: Machine, name: str, tensor: Tensor) -> Tensor:
    """What is left of a tensor whose axes cannot be followed."""
    m.use(tensor, name)
    return Tensor()


def _moved(m: Machine, tensor: Tensor, axes: dict[int, int], step: Step, rank: Optional[int]) -> Tensor:
    """Each shift along ``axes[its axis]``; those whose axis is not there are used."""
    out = []
    for shift in tensor.shifts:
        axis = axes.get(normal_axis(shift.axis, tensor.rank))
        if axis is None:
            m.use_shift(shift, step.label)
        else:
            out.append(shift.moved(axis, step))
    return Tensor(tuple(out), rank)


def permute(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    order = plain_integers(integers(m, arguments, 1, "dims"))
    if order is None:
        return _used(m, name, tensor)
    rank = len(order)
    tensor = Tensor(tensor.shifts, rank, tensor.dims)
    places = {source % rank: place for place, source in enumerate(order)}
    out = _moved(m, tensor, places, step, rank)
    if tensor.dims is not None and len(tensor.dims) == rank:
        out.dims = tuple(tensor.dims[source] for source in order)
    return out


def transpose(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    axes = plain_integers(integers(m, arguments, 1))
    if axes is None or len(axes) != 2:
        return _used(m, name, tensor)
    return _swapped(m, tensor, axes[0], axes[1], step)


def matrix_transpose(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    return _swapped(m, tensor, -2, -1, step)


def _swapped(m: Machine, tensor: Tensor, one: int, other: int, step: Step) -> Tensor:
    rank = tensor.rank
    if rank is None and (one < 0) != (other < 0):
        # ``transpose(1, -1)`` of unknown rank: cannot tell where each axis goes.
        m.use(tensor, step.label)
        return Tensor()
    one, other = normal_axis(one, rank), normal_axis(other, rank)
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, rank)
        if axis == one:
            out.append(shift.moved(other, step))
        elif axis == other:
            out.append(shift.moved(one, step))
        elif rank is not None or (axis < 0) == (one < 0):
            out.append(shift.moved(axis, step))
        elif axis == -1 and {one, other} == {1, 2}:
            # A linear layer's output that has an axis 2: three axes, or the code says more.
            out.append(shift.moved(1, step))
            rank = 3
        else:
            m.use_shift(shift, step.label)
    result = Tensor(tuple(out), rank)
    if tensor.dims is not None and rank is not None and one >= 0 and other >= 0:
        lengths = list(tensor.dims)
        if max(one, other) < len(lengths):
            lengths[one], lengths[other] = lengths[other], lengths[one]
            result.dims = tuple(lengths)
    return result


def split(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """Each part keeps the shift of its own channels; how many parts there are is told by the unpacking."""
    given = arguments.get(1 if name == "narrow" else 2, "dim")
    if given is not None and not axes_in(m, given):
        return _used(m, name, tensor)
    part = Tensor(tuple(s.moved(s.axis, step) for s in tensor.shifts), tensor.rank)
    if name == "narrow":
        return part
    count = m.state.resolve(arguments.positional[1]) if len(arguments.positional) > 1 else None
    if (
        name == "chunk"
        and isinstance(count, Const)
        and isinstance(count.value, int)
        and 0 < count.value <= 64
    ):
        return Tuple([part] * count.value)
    sections = None if count is None else settled_items(m, count)
    if sections is not None:
        return Tuple([part] * len(sections))
    return Parts(part)


def unsqueeze(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    axes = plain_integers(integers(m, arguments, 1, "dim"))
    if axes is None:
        return _used(m, name, tensor)
    rank = tensor.rank
    new = axes[0] if axes[0] >= 0 or rank is None else axes[0] + rank + 1
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, rank)
        if (new >= 0) != (axis >= 0):
            m.use_shift(shift, name)
        elif new >= 0:
            out.append(shift.moved(axis + 1 if new <= axis else axis, step))
        else:
            out.append(shift.moved(axis - 1 if new >= axis else axis, step))
    return Tensor(tuple(out), None if rank is None else rank + 1)


def squeeze(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    axes = plain_integers(integers(m, arguments, 1, "dim"))
    rank = tensor.rank
    if axes is None or len(axes) != 1:
        return _used(m, name, tensor)
    gone = normal_axis(axes[0], rank)
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, rank)
        if axis == gone or (axis >= 0) != (gone >= 0):
            m.use_shift(shift, name)
        elif gone >= 0:
            out.append(shift.moved(axis - 1 if gone < axis else axis, step))
        else:
            out.append(shift.moved(axis + 1 if gone > axis else axis, step))
    return Tensor(tuple(out), None if rank is None else rank - 1)


def expand(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """Repeating along other axes leaves a shift; axes keep their count from behind."""
    shape = integers(m, arguments, 1, "size") if name == "expand" else None
    if shape is None or tensor.rank is None or len(shape) != tensor.rank:
        return _used(m, name, tensor)
    return Tensor(tuple(s.moved(s.axis, step) for s in tensor.shifts), tensor.rank)
