"""New shapes: which axis of the old one is which of the new, as far as the lengths tell."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.layer import Step
from convbias_lint.analysis.lengths import (
    Factors,
    as_length,
    channels_made,
    dims,
    integers,
    left_over,
    named,
    plain_integers,
    product,
    same_product,
    settled_items,
)
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.shifts import normal_axis
from convbias_lint.analysis.values import UNKNOWN, Const, Symbol, Tensor, Value


def reshape(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """A new shape keeps an axis where as many entries as before lie before it, and behind it."""
    shape = integers(m, arguments, 1, "shape", "size")
    if shape is None:
        m.use(tensor, name)
        return Tensor()
    old = dims(tensor)
    lengths = _without_rest(shape, old)
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, tensor.rank)
        place = _place(axis, tensor, old, lengths)
        if place is None and axis == 1 and len(shape) == 2 and _is_rest(shape[1]) and _first_kept(shape, old):
            # Each sample becomes one row.
            place = 1
        if place is None:
            m.use_shift(shift, name)
        else:
            out.append(shift.moved(place, step))
    known = tuple(length for length in lengths if length is not None)
    return Tensor(tuple(out), len(shape), known if len(known) == len(shape) else None)


def _without_rest(shape: list[Value], old: Optional[tuple[Value, ...]]) -> list[Optional[Value]]:
    """The lengths of a new shape, -1 as what is left for it; None for what is not known."""
    out: list[Optional[Value]] = [None if _is_rest(length) else length for length in shape]
    if out.count(None) == 1 and old is not None:
        others = product(length for length in shape if not _is_rest(length))
        out[out.index(None)] = as_length(left_over(product(old), others))
    return [None if length is UNKNOWN else length for length in out]


def _is_rest(value: Value) -> bool:
    return isinstance(value, Const) and value.value == -1


def _first_kept(shape: list[Value], old: Optional[tuple[Value, ...]]) -> bool:
    """``x.view(x.size(0), -1)``: the first axis stays."""
    first = shape[0]
    if old is not None and same(first, old[0]):
        return True
    return (
        isinstance(first, Symbol)
        and isinstance(first.key, tuple)
        and first.key[0] == "dim"
        and first.key[2] == 0
    )


def _place(
    axis: int, tensor: Tensor, old: Optional[tuple[Value, ...]], new: list[Optional[Value]]
) -> Optional[int]:
    """Where ``axis`` is found again: of its length, the product before it and that behind it, two tell."""
    made = channels_made(tensor)
    if old is None:
        # Of an unknown number of axes the last one can be told by its length.
        last, made_last = new[-1], made.get(-1)
        alike = last is not None and (
            same(last, named(tensor, -1)) or (made_last is not None and same(last, made_last))
        )
        return len(new) - 1 if axis == -1 and alike else None
    if axis >= len(old):
        return None
    lengths = [old[axis], *(length for at, length in made.items() if at % len(old) == axis)]
    before, behind = product(old[:axis]), product(old[axis + 1 :])
    for place, length in enumerate(new):
        told = (
            length is not None and any(same(length, known) for known in lengths),
            _same_product(new[:place], before),
            _same_product(new[place + 1 :], behind),
        )
        if sum(told) >= 2:
            return place
    return None


def _same_product(lengths: list[Optional[Value]], wanted: Factors) -> bool:
    known = [length for length in lengths if length is not None]
    return len(known) == len(lengths) and same_product(product(known), wanted)


def unflatten(m: Machine, name: str, tensor: Tensor, arguments: Arguments, step: Step) -> Value:
    """One axis becomes several: those before it stay, those behind it move."""
    axes = plain_integers(integers(m, Arguments.of(*arguments.positional[1:2]), 0, "dim"))
    sizes = arguments.get(2, "sizes")
    count = None if sizes is None else settled_items(m, sizes)
    if not axes or count is None or tensor.rank is None:
        m.use(tensor, name)
        return Tensor()
    cut, more = normal_axis(axes[0], tensor.rank), len(count) - 1
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, tensor.rank)
        if axis == cut:
            m.use_shift(shift, name)
        else:
            out.append(shift.moved(axis if axis < cut else axis + more, step))
    return Tensor(tuple(out), tensor.rank + more)
