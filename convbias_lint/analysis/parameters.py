"""Learned and constant tensors, which no sample changes: the shapes that arithmetic with them gives.

A scale per channel leaves a shift a shift, so what counts is along which axes a parameter varies.
"""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis.lengths import axes_in, integers, plain_integers
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.ordered import made
from convbias_lint.analysis.values import Const, Parameter, Symbol, Value
from convbias_lint.layers.torch_functions import ENTRYWISE, SUMMARIES, WITHIN

Dims = Optional[tuple[Value, ...]]
"""The lengths of a parameter's axes; None where they are not known."""

_ONE = Const(1)


def of_numbers_only(m: Machine, arguments: Arguments) -> bool:
    """Whether a call gets parameters and plain values only, so that its result is a parameter as well."""
    values = [m.state.resolve(value) for value in arguments.all()]
    if arguments.open_positions or not all(isinstance(v, (Parameter, Const, Symbol)) for v in values):
        return False
    return any(isinstance(value, Parameter) for value in values)


def sizes_given(m: Machine, name: str, arguments: Arguments) -> Dims:
    """The lengths that ``torch.ones(dim, 1, 1)`` is given; None where they are not all known by name."""
    if name in ("tensor", "new_tensor"):
        number = m.state.resolve(arguments.all()[0])
        return () if isinstance(number, Const) and isinstance(number.value, (int, float)) else None
    if name in ("Tensor", "FloatTensor"):
        # One argument that is not a number may be a list of values.
        sizes = len(arguments.positional) > 1 or all(isinstance(v, Const) for v in arguments.positional)
        if not sizes:
            return None
    elif name not in _OF_SIZES:
        return None
    if name == "full" and arguments.positional:
        arguments = Arguments.of(arguments.positional[0])
    given = integers(m, arguments, 0, "size")
    if given is None:
        return () if name in _OF_SIZES and not arguments.positional and not arguments.keywords else None
    return tuple(given) if all(isinstance(value, (Const, Symbol)) for value in given) else None


_OF_SIZES = frozenset(("zeros", "ones", "empty", "rand", "randn", "full"))


def combined(left: Value, right: Value) -> Parameter:
    """``left op right`` entry by entry, of two parameters or a parameter and a number."""
    sides = [value.dims if isinstance(value, Parameter) else () for value in (left, right)]
    return Parameter(None, _broadcast(sides[0], sides[1]))


def _broadcast(one: Dims, other: Dims) -> Dims:
    """The lengths that two shapes, matched from the right, have together."""
    if one is None or other is None:
        return None
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    behind = len(longer) - len(shorter)
    out = list(longer[:behind])
    for left, right in zip(longer[behind:], shorter):
        if not (same(left, right) or _is_one(left) or _is_one(right)):
            return None
        out.append(right if _is_one(left) else left)
    return tuple(out)


def _is_one(value: Value) -> bool:
    return isinstance(value, Const) and value.value == 1


def applied(m: Machine, name: str, parameter: Parameter, arguments: Arguments) -> Parameter:
    """The result of a function of parameters: of the same shape where it goes entry by entry."""
    if name.rstrip("_") in ENTRYWISE:
        out = Parameter(None, parameter.dims)
        for value in arguments.all()[1:]:
            value = m.state.resolve(value)
            out = combined(out, value) if isinstance(value, Parameter) else out
        return out
    if name in WITHIN:
        return Parameter(None, parameter.dims)
    if name in SUMMARIES:
        return Parameter(None, _summarised(m, parameter.dims, arguments))
    return Parameter(None, None)


def _summarised(m: Machine, dims: Dims, arguments: Arguments) -> Dims:
    """What ``sum``, ``mean`` … leave of the axes."""
    if len(arguments.all()) == 1:
        return ()
    given = arguments.get(1, "dim") or arguments.keywords.get("axis")
    keep = arguments.get(2, "keepdim") or arguments.keywords.get("keepdims") or Const(False)
    axes = axes_in(m, given)
    known = {"dim", "axis", "keepdim", "keepdims"}.issuperset(arguments.keywords)
    if dims is None or axes is None or not isinstance(keep, Const) or not known or len(arguments.all()) > 3:
        return None
    gone = {axis % len(dims) for axis in axes if dims}
    if keep.value:
        return tuple(_ONE if place in gone else length for place, length in enumerate(dims))
    return tuple(length for place, length in enumerate(dims) if place not in gone)


def reshaped(m: Machine, name: str, parameter: Parameter, arguments: Arguments) -> Parameter:
    """A parameter in a new shape; of its own layer's bias only the values as they are stay."""
    if parameter.layer is not None:
        m.use(parameter.layer, name)
    dims = parameter.dims
    if name in ("view", "reshape"):
        given = integers(m, arguments, 1, "shape", "size")
        return Parameter(None, None if given is None else tuple(given))
    if dims is None:
        return Parameter(None, None)
    if name == "unsqueeze":
        axes = plain_integers(integers(m, arguments, 1, "dim"))
        if axes is None:
            return Parameter(None, None)
        axis = axes[0] if axes[0] >= 0 else axes[0] + len(dims) + 1
        return Parameter(None, (*dims[:axis], _ONE, *dims[axis:]))
    if name == "permute":
        order = plain_integers(integers(m, arguments, 1, "dims"))
        if order is None or sorted(axis % len(dims) for axis in order) != list(range(len(dims))):
            return Parameter(None, None)
        return Parameter(None, tuple(dims[axis] for axis in order))
    return Parameter(None, dims if name in _ALL_ONES_STAY and all(map(_is_one, dims)) else None)


_ALL_ONES_STAY = ("transpose", "t", "mT", "swapaxes", "flatten")


def item(parameter: Parameter, parts: list[Any]) -> Parameter:
    """``parameter[parts]``: each part is "one" (an axis goes), "whole", "some", "..." or None (one comes)."""
    dims = parameter.dims
    asked = sum(part is not None and part != "..." for part in parts)
    if dims is None or asked > len(dims) or parts.count("...") > 1:
        return Parameter(parameter.layer)
    out: list[Value] = []
    place = 0
    for part in parts:
        if part is None:
            out.append(_ONE)
        elif part == "...":
            out.extend(dims[place : place + len(dims) - asked])
            place += len(dims) - asked
        else:
            if part == "whole" or (part == "some" and _is_one(dims[place])):
                out.append(dims[place])
            elif part == "some":
                out.append(Symbol(("part", next(made)), "part"))
            place += 1
    return Parameter(parameter.layer, (*out, *dims[place:]))
