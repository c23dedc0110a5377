"""Entries that change places along an axis, are repeated, or picked: a shift along another axis stays."""

from __future__ import annotations

from convbias_lint.analysis.layer import Step
from convbias_lint.analysis.lengths import axes_in, integers, plain_integers
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.shapes import permute
from convbias_lint.analysis.shifts import normal_axis
from convbias_lint.analysis.values import Const, Parts, Tensor, Value

_AXES = {
    "flip": (1, "dims"),
    "roll": (2, "dims"),
    "index_select": (1, "dim"),
    "gather": (1, "dim"),
    "take_along_dim": (2, "dim"),
    "repeat_interleave": (2, "dim"),
}
"""Where each function is given the axes along which it works."""


def rearrange(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    place, keyword = _AXES[name]
    given = arguments.get(place, keyword)
    if name == "flip" and len(arguments.positional) > 2:
        axes = plain_integers(integers(m, arguments, 1))
    else:
        axes = axes_in(m, given)
    for value in arguments.all()[1:]:
        m.use(value, name)
    if axes is None:
        m.use(tensor, name)
        return Tensor((), tensor.rank)
    return _other_axes(m, name, tensor, axes, step)


def _other_axes(m: Machine, name: str, tensor: Tensor, axes: list[int], step: Step) -> Tensor:
    """What is left of the shifts where only those along none of ``axes`` stay."""
    changed = {normal_axis(axis, tensor.rank) for axis in axes}
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, tensor.rank)
        # Without the rank, axes can be compared only if they count from the same side.
        if axis in changed or any((axis < 0) != (other < 0) for other in changed):
            m.use_shift(shift, name)
        else:
            out.append(shift.moved(shift.axis, step))
    return Tensor(tuple(out), tensor.rank)


def repeat(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """``x.repeat(1, 1, 2, 2)``: once along the axis of a shift, any number of times along others."""
    counts = integers(m, arguments, 1, "repeats", "dims")
    if counts is None or tensor.rank is None or len(counts) < tensor.rank:
        m.use(tensor, name)
        return Tensor()
    more = len(counts) - tensor.rank
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, tensor.rank) + more
        count = counts[axis] if axis < len(counts) else None
        if isinstance(count, Const) and count.value == 1:
            out.append(shift.moved(axis, step))
        else:
            m.use_shift(shift, name)
    return Tensor(tuple(out), len(counts))


def move_axis(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """``x.movedim(1, -1)``: a permutation, where the number of axes is known."""
    source = axes_in(m, arguments.get(1, "source"))
    target = axes_in(m, arguments.get(2, "destination"))
    rank = tensor.rank
    if source is None or target is None or rank is None or len(source) != len(target):
        m.use(tensor, name)
        return Tensor()
    pairs = dict(zip((axis % rank for axis in target), (axis % rank for axis in source)))
    rest = iter(axis for axis in range(rank) if axis not in pairs.values())
    order = [pairs[place] if place in pairs else next(rest) for place in range(rank)]
    return permute(m, name, tensor, Arguments.of(tensor, *map(Const, order)), step)


def unbind(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """``x.unbind(2)``, ``x.select(2, 0)``: one axis goes away."""
    given = arguments.get(1, "dim")
    axes = [0] if given is None and name == "unbind" else axes_in(m, given)
    if not axes or len(axes) != 1:
        m.use(tensor, name)
        return Tensor()
    gone = normal_axis(axes[0], tensor.rank)
    rest = _other_axes(m, name, tensor, axes, step)
    out = []
    for shift in rest.shifts:
        axis = normal_axis(shift.axis, tensor.rank)
        step_down = axis > gone if axis >= 0 else axis < gone
        out.append(shift.moved((axis - 1 if axis >= 0 else axis + 1) if step_down else axis, None))
    part = Tensor(tuple(out), None if tensor.rank is None else tensor.rank - 1)
    return Parts(part) if name == "unbind" else part
