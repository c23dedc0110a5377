"""``x[:, 1:]`` and ``gamma[:, None, None]``: what an index leaves of a tensor's axes."""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis import ir, parameters
from convbias_lint.analysis.machine import Machine, Scope
from convbias_lint.analysis.shifts import normal_axis
from convbias_lint.analysis.values import Const, Parameter, Symbol, Tensor, Value


def tensor_item(m: Machine, tensor: Tensor, node: ir.Expr, scope: Scope) -> Value:
    """``x[:, :, 1:]``: slices keep an axis, numbers take it away, None adds one."""
    parts = list(node.items) if isinstance(node, ir.Display) and node.kind == "tuple" else [node]
    dots = [place for place, part in enumerate(parts) if _is_ellipsis(part)]
    if len(dots) == 1:
        others = [part for part in parts if not _is_ellipsis(part)]
        if all(isinstance(part, ir.Slice) for part in others):
            return Tensor(tensor.shifts, tensor.rank)  # wherever the axes are, all of them stay
        if tensor.rank is not None:
            taken = sum(not (isinstance(part, ir.Const) and part.value is None) for part in others)
            parts[dots[0] : dots[0] + 1] = [_WHOLE] * max(tensor.rank - taken, 0)
    places: list[Optional[int]] = []  # the new axis of each old axis
    new = 0
    for part in parts:
        if isinstance(part, ir.Slice):
            places.append(new)
            new += 1
        elif isinstance(part, ir.Const) and part.value is None:
            new += 1
        else:
            index = m.evaluate(part, scope)
            whole = isinstance(index, Const) and isinstance(index.value, int) and index.value is not True
            if not whole and not (isinstance(index, Symbol) and not isinstance(part, ir.Const)):
                m.use(tensor, "an index")
                return Tensor()
            places.append(None)
    rank = tensor.rank
    out = []
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, rank)
        if axis < 0 and None not in places and new == len(places):
            out.append(shift)
        elif axis < 0:
            m.use_shift(shift, "an index")
        elif axis < len(places):
            place = places[axis]
            if place is None:
                m.use_shift(shift, "an index")
            else:
                out.append(shift.moved(place, None))
        else:
            out.append(shift.moved(axis - len(places) + new, None))
    return Tensor(tuple(out), None if rank is None else rank - len(places) + new)


_WHOLE = ir.Slice(None, None, None)


def _is_ellipsis(part: ir.Expr) -> bool:
    return isinstance(part, ir.Const) and part.value is ...


def parameter_item(m: Machine, parameter: Parameter, node: ir.Expr, scope: Scope) -> Value:
    """``gamma[:, None, None]``, ``weights[0]``; what is looked up for each sample is a tensor like others."""
    places: list[Any] = []
    known = True
    for part in node.items if isinstance(node, ir.Display) and node.kind == "tuple" else [node]:
        if isinstance(part, ir.Slice):
            whole = part.lower is None and part.upper is None and part.step is None
            places.append("whole" if whole else "some")
        elif isinstance(part, ir.Const) and (part.value is None or part.value is ...):
            places.append(None if part.value is None else "...")
        else:
            index = m.state.resolve(m.evaluate(part, scope))
            if not isinstance(index, (Const, Symbol, Parameter)) or _of_a_call(index):
                m.use(parameter, "an index")
                m.use(index, "an index")
                return Tensor()
            known = known and (isinstance(index, Symbol) or type(getattr(index, "value", None)) is int)
            places.append("one")
    return parameters.item(parameter, places) if known else Parameter(parameter.layer)


def _of_a_call(index: Value) -> bool:
    """Whether an index is an input of the model, which may be a tensor."""
    return isinstance(index, Symbol) and isinstance(index.key, tuple) and index.key[0] == "input"
