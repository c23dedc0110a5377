"""Axes averaged away, summed up, or searched for their largest entry; several tensors stacked into one."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.layer import Step
from convbias_lint.analysis.lengths import axes_in, items_of
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.operation import Operation, flat_tensors
from convbias_lint.analysis.shifts import NOWHERE, Shift, Stack, normal_axis, united
from convbias_lint.analysis.values import Const, Tensor, Tuple, Value


def reduce(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """Averaged along axes: a shift along another axis stays."""
    return _reduced(m, name, tensor, arguments.get(1, "dim"), arguments.get(2, "keepdim"), arguments, step)


def sum_up(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """Summed along axes: the shift is multiplied by their length, which must be the same for all inputs."""
    axes = axes_in(m, arguments.get(1, "dim") or arguments.keywords.get("axis"))
    stack = tensor.stack
    fixed = stack is not None and axes == [stack.axis]
    if not fixed and axes is not None and tensor.dims is not None:
        fixed = all(-len(tensor.dims) <= a < len(tensor.dims) for a in axes) and all(
            isinstance(tensor.dims[axis], Const) for axis in axes
        )
    if not fixed:
        m.use(tensor, name)
        tensor = Tensor((), tensor.rank)
    return reduce(m, name, tensor, arguments, step)


def extreme(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """``max`` and the like along one axis: the entries, and where they were, which no shift changes."""
    place = 2 if name == "kthvalue" else 1
    axis = arguments.get(place, "dim") or arguments.keywords.get("axis")
    if axis is None and name == "kthvalue":
        axis = Const(-1)
    if axes_in(m, axis) is None:
        # Of all entries, or of two tensors.
        for value in arguments.all():
            m.use(value, name)
        return Tensor()
    values = _reduced(m, name, tensor, axis, arguments.get(place + 1, "keepdim"), arguments, step)
    return Tuple((values, Tensor((), values.rank)))


def ordered(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """``sort`` and ``topk`` along one axis: its entries change places, those of others do not."""
    place = 2 if name == "topk" else 1
    axes = axes_in(m, arguments.get(place, "dim") or Const(-1))
    stable = arguments.keywords.get("stable")
    if axes is None or len(axes) != 1 or stable is not None:
        m.use(tensor, name)
        return Tuple((Tensor((), tensor.rank), Tensor((), tensor.rank)))
    gone = normal_axis(axes[0], tensor.rank)
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, tensor.rank)
        if axis == gone or (axis < 0) != (gone < 0):
            m.use_shift(shift, name)
        else:
            out.append(shift.moved(axis, step))
    return Tuple((Tensor(tuple(out), tensor.rank), Tensor((), tensor.rank)))


def _reduced(
    m: Machine,
    name: str,
    tensor: Tensor,
    given: Optional[Value],
    keep: Optional[Value],
    arguments: Arguments,
    step: Step,
) -> Tensor:
    given = given or arguments.keywords.get("axis")
    keep = keep or arguments.keywords.get("keepdims")
    axes = axes_in(m, given)
    kept = isinstance(keep, Const) and bool(keep.value)
    if axes is None or (keep is not None and not isinstance(keep, Const)):
        m.use(tensor, name)
        return Tensor((), tensor.rank if kept else None)
    if name in ("mean", "sum") and tensor.stack is not None and axes == [tensor.stack.axis] and not kept:
        return Tensor(tuple(s.moved(s.axis, step) for s in tensor.stack.shifts), tensor.stack.rank)
    rank = tensor.rank
    gone = {normal_axis(axis, rank) for axis in axes}
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, rank)
        # Without the rank, axes can be compared only if they count from the same side.
        if axis in gone or (rank is None and any((axis < 0) != (g < 0) for g in gone) and axis != 1):
            m.use_shift(shift, name)
        elif kept:
            out.append(shift.moved(axis, step))
        else:
            before = (
                sum(1 for g in gone if 0 <= g < axis) if axis >= 0 else -sum(1 for g in gone if axis < g < 0)
            )
            out.append(shift.moved(axis - before, step))
    if rank is not None and not kept:
        rank -= len(gone)
    return Tensor(tuple(out), rank)


def stack(o: Operation) -> Value:
    """Joined along a new axis; there each tensor's shift has its own place, so that no norm takes it away.

    Where that axis is averaged or summed away, the shifts are what they were in the parts.
    """
    given = o.get(0, "tensors")
    axis = o.integer(1, "dim", o.integer(1, "axis", 0))
    items = None if given is None else items_of(o.m, given)
    if axis is None or not items:
        return o.use_all()
    tensors = flat_tensors(o, items)
    ranks = {tensor.rank for tensor in tensors}
    rank = ranks.pop() if len(ranks) == 1 else None
    if axis < 0:
        if rank is None:
            return o.use_all()
        axis += rank + 1
    shifts = united(tensors)
    if any(shift.axis >= NOWHERE // 2 for shift in shifts):
        return o.use_all()
    nowhere = tuple(Shift(shift.layer, NOWHERE, shift.guard, shift.path) for shift in shifts)
    out = Tensor(nowhere, None if rank is None else rank + 1)
    out.stack = Stack(axis, shifts, rank)
    return out
