"""How long the axes of a tensor are, and what code asks about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any, Optional

from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.ordered import made
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
        only = m.state.resolve(given[0])
        if isinstance(only, Shape):
            # ``x.view(y.shape)``
            known = dims(only.tensor)
            return None if known is None else list(known)
        items = settled_items(m, only)
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


def axes_in(m: Machine, given: Optional[Value]) -> Optional[list[int]]:
    """The axes that one argument names, a number or several; None where they are not all known."""
    return None if given is None else plain_integers(integers(m, Arguments.of(given), 0))


def dims(tensor: Tensor) -> Optional[tuple[Value, ...]]:
    """The lengths of the axes, named on first use; None where the rank is not known."""
    if tensor.dims is None and tensor.rank is not None:
        made = {axis % tensor.rank: length for axis, length in channels_made(tensor).items()}
        tensor.dims = tuple(made.get(axis) or named(tensor, axis) for axis in range(tensor.rank))
    return tensor.dims


def channels_made(tensor: Tensor) -> dict[int, Value]:
    """The axis along which a layer gave a tensor its channels, and how many, where both are known."""
    maker = tensor.maker
    if maker is None or maker.row.channels is None:
        return {}
    length_ = maker.argument(maker.row.channels.keyword)
    return {maker.row.axis: length_} if isinstance(length_, (Const, Symbol)) else {}


def query(name: str, value: Value, axis: Optional[Value]) -> Value:
    """``x.shape``, ``x.size(i)``, ``x.dim()`` …: nothing that depends on a value."""
    if not isinstance(value, Tensor):
        return UNKNOWN
    if name == "shape" or (name == "size" and axis is None):
        return Shape(value)
    if name == "size" and isinstance(axis, Const) and isinstance(axis.value, int):
        return length(value, axis.value)
    if name in ("dim", "ndimension", "ndim"):
        return rank_of(value)
    if name in ("is_scripting", "is_tracing"):
        return FALSE
    return UNKNOWN


def rank_of(tensor: Tensor) -> Value:
    """How many axes a tensor has."""
    return Const(tensor.rank) if tensor.rank is not None else Symbol(("rank", _number(tensor)), "dim()")


def length(tensor: Tensor, axis: int) -> Value:
    """The length of one axis."""
    known = dims(tensor)
    if known is not None:
        return known[axis] if -len(known) <= axis < len(known) else UNKNOWN
    return named(tensor, axis)


def named(tensor: Tensor, axis: int) -> Symbol:
    """The name of the length of one axis."""
    return Symbol(("dim", _number(tensor), axis), f"size({axis})")


def _number(tensor: Tensor) -> int:
    if tensor.number is None:
        tensor.number = next(made)
    return tensor.number


Factors = Optional[tuple[int, tuple[Hashable, ...]]]
"""A product of lengths: the numbers in it, multiplied, and the names of the others, in order."""


def product(lengths: Iterable[Value]) -> Factors:
    """The product of some lengths; None where one of them has no name."""
    number = 1
    names: list[Hashable] = []
    for length_ in lengths:
        if isinstance(length_, Const) and type(length_.value) is int and length_.value >= 0:
            number *= length_.value
        elif isinstance(length_, Symbol):
            number *= _take_apart(length_.key, names)
        else:
            return None
    return number, tuple(sorted(names, key=_order))


def _take_apart(key: Hashable, names: list[Hashable]) -> int:
    """Add the names of the factors of a length to ``names``; the numbers in it, multiplied."""
    if isinstance(key, tuple) and len(key) == 4 and key[:2] == ("binary", "*"):
        return _take_apart(key[2], names) * _take_apart(key[3], names)
    if isinstance(key, tuple) and key[:1] == ("product",):
        names.extend(key[2])
        return int(key[1])
    if isinstance(key, tuple) and key[:2] == ("const", "int") and key[2] >= 0:
        return int(key[2])
    names.append(key)
    return 1


def _order(name: Hashable) -> int:
    return hash(name)


def same_product(one: Factors, other: Factors) -> bool:
    """Whether two products are equal for certain."""
    if one is None or other is None or one[0] != other[0] or len(one[1]) != len(other[1]):
        return False
    return one[1] == other[1] or Counter(one[1]) == Counter(other[1])


def as_length(factors: Factors) -> Optional[Value]:
    """A product as the length of one axis."""
    if factors is None:
        return None
    number, names = factors
    if not names:
        return Const(number)
    return Symbol(("product", number, names), "product")


def left_over(whole: Factors, part: Factors) -> Factors:
    """``whole`` divided by ``part``; None where it is not known to go in."""
    if whole is None or part is None or part[0] == 0 or whole[0] % part[0]:
        return None
    rest = Counter(whole[1])
    rest.subtract(part[1])
    if any(count < 0 for count in rest.values()):
        return None
    return whole[0] // part[0], tuple(sorted(rest.elements(), key=_order))
