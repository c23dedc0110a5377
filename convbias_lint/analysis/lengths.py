"""How long the axes of a tensor are, and what code asks about them."""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.values import (
    FALSE,
    UNKNOWN,
    Const,
    List,
    Segment,
    Shape,
    Symbol,
    Tensor,
    Tuple,
    Value,
)


def items_of(m: Machine, value: Value) -> Optional[tuple[Any, ...]]:
    """The items of a tuple or list, segments included; None where they are not known."""
    value = m.state.resolve(value)
    if isinstance(value, List):
        value = m.state.resolve(value.state["items"])
    return value.items if isinstance(value, Tuple) else None


def settled_items(m: Machine, value: Value) -> Optional[tuple[Value, ...]]:
    """The items where all of them are known under what is assumed, else None."""
    items = items_of(m, value)
    if items is None:
        return None
    out: list[Value] = []
    for item in items:
        if isinstance(item, Segment):
            known = m.state.holds(item.atom)
            inner = None if known is None else settled_items(m, Tuple(item.yes if known else item.no))
            if inner is None:
                return None
            out.extend(inner)
        else:
            out.append(m.state.resolve(item))
    return tuple(out)


def integers(m: Machine, arguments: Arguments, start: int, *keywords: str) -> Optional[list[Value]]:
    """Axes or lengths given one by one, as a tuple, or by keyword."""
    given: list[Value] = list(arguments.positional[start:])
    for keyword in keywords:
        if keyword in arguments.keywords:
            given = [arguments.keywords[keyword]]
    if len(given) == 1:
        items = settled_items(m, given[0])
        if items is not None:
            given = list(items)
    if arguments.open_positions or not given:
        return None
    return [m.state.resolve(value) for value in given]


def plain_integers(values: Optional[list[Value]]) -> Optional[list[int]]:
    if values is None:
        return None
    out = [v.value for v in values if isinstance(v, Const) and isinstance(v.value, int)]
    return out if len(out) == len(values) else None


def dims(tensor: Tensor) -> Optional[tuple[Value, ...]]:
    """The lengths of the axes, named on first use; None where the rank is not known."""
    if tensor.dims is None and tensor.rank is not None:
        tensor.dims = tuple(Symbol(("dim", id(tensor), i), f"dim {i}") for i in range(tensor.rank))
    return tensor.dims


def query(m: Machine, name: str, value: Value, axis: Optional[Value]) -> Value:
    """``x.shape``, ``x.size(i)``, ``x.dim()`` …: nothing that depends on a value."""
    if not isinstance(value, Tensor):
        return UNKNOWN
    if name == "shape" or (name == "size" and axis is None):
        return Shape(value)
    if name == "size" and isinstance(axis, Const) and isinstance(axis.value, int):
        return length(value, axis.value)
    if name in ("dim", "ndimension", "ndim"):
        return Const(value.rank) if value.rank is not None else Symbol(("rank", id(value)), "dim()")
    if name in ("is_scripting", "is_tracing"):
        return FALSE
    return UNKNOWN


def length(tensor: Tensor, axis: int) -> Value:
    """The length of one axis."""
    known = dims(tensor)
    if known is not None:
        return known[axis] if -len(known) <= axis < len(known) else UNKNOWN
    return Symbol(("dim", id(tensor), axis), f"size({axis})")
