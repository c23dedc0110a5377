"""Sums and products of tensors: where one operand has a shift, and what becomes of it."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.channels import channels_of
from convbias_lint.analysis.layer import Step
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.numbers_known import is_number
from convbias_lint.analysis.parameters import combined
from convbias_lint.analysis.shifts import same_axis, united
from convbias_lint.analysis.values import (
    UNKNOWN,
    Choice,
    Const,
    Instance,
    Parameter,
    Symbol,
    Tensor,
    Value,
)


def elementwise(m: Machine, op: str, left: Value, right: Value, step: Step) -> Optional[Value]:
    """``left op right`` where one of them is a tensor; None where neither is."""
    left, right = m.state.resolve(left), m.state.resolve(right)
    if not (isinstance(left, (Tensor, Parameter, Choice)) or isinstance(right, (Tensor, Parameter, Choice))):
        return None
    if isinstance(left, Choice) and _may_be_tensor(left):
        return m.state.lift(left, lambda value: elementwise(m, op, value, right, step) or UNKNOWN)
    if isinstance(right, Choice) and _may_be_tensor(right):
        return m.state.lift(right, lambda value: elementwise(m, op, left, value, step) or UNKNOWN)
    for value in (left, right):
        if isinstance(value, Parameter):
            m.use(value, f"`{op}`")
    if isinstance(left, Tensor) and isinstance(right, Tensor):
        if op in ("+", "-"):
            return added(left, right, step)
        m.use(left, f"`{op}`")
        m.use(right, f"`{op}`")
        return Tensor((), left.rank if left.rank == right.rank else None)
    tensor, other = (left, right) if isinstance(left, Tensor) else (right, left)
    if isinstance(other, Instance):
        m.use(tensor, f"`{op}`")  # an object with an operator of its own
        return Tensor()
    if not isinstance(tensor, Tensor):
        if not (isinstance(left, Parameter) or isinstance(right, Parameter)):
            return None
        plain = all(isinstance(value, (Parameter, Const, Symbol)) for value in (left, right))
        return combined(left, right) if plain and op != "@" else Parameter()
    if op in ("+", "-"):
        # Adding what no sample changes leaves the shift as it is.
        if isinstance(other, Const):
            return tensor
        return broadcast(scaled(tensor, step), other.dims if isinstance(other, Parameter) else None)
    if op == "*" or (op == "/" and tensor is left):
        if isinstance(other, Const) or is_number(m, other):
            return scaled(tensor, step)
        if isinstance(other, Parameter):
            return scaled_by_parameter(m, tensor, other, step)
    m.use(tensor, f"`{op}`")
    return Tensor((), tensor.rank)


def _may_be_tensor(choice: Choice) -> bool:
    return any(
        isinstance(side, (Tensor, Parameter)) or (isinstance(side, Choice) and _may_be_tensor(side))
        for side in (choice.yes, choice.no)
    )


def added(left: Tensor, right: Tensor, step: Step) -> Tensor:
    """The sum of two tensors holds the shifts of both; shapes are matched from the right."""
    rank = left.rank if left.rank is not None else right.rank
    if left.rank is not None and right.rank is not None:
        rank = max(left.rank, right.rank)
    moved = []
    for tensor in (left, right):
        behind = tensor.rank if tensor.rank is not None and tensor.rank != rank else 0
        axes = [s.axis - behind if s.axis >= 0 else s.axis for s in tensor.shifts]
        moved.append(Tensor(tuple(s.moved(a, step) for s, a in zip(tensor.shifts, axes))))
    dims = left.dims or right.dims
    out = Tensor(united(moved), rank, dims if dims is not None and len(dims) == rank else None)
    # One channel would be repeated for each of the other tensor's.
    makers = [t.maker for t in (left, right) if t.maker is not None and channels_of(t.maker) != 1]
    out.maker = makers[0] if makers else None
    return out


def scaled(tensor: Tensor, step: Step) -> Tensor:
    return Tensor(tuple(s.moved(s.axis, step) for s in tensor.shifts), tensor.rank, tensor.dims)


def scaled_by_parameter(m: Machine, tensor: Tensor, parameter: Parameter, step: Step) -> Tensor:
    """Multiplied by a learned tensor: where it varies along the shift's own axis only, the shift stays."""
    along = parameter.dims
    if along is not None and tensor.rank is not None and len(along) > tensor.rank:
        along = None  # The product has more axes than the tensor had.
    out = []
    for shift in tensor.shifts:
        if along is not None and _only_along(along, shift.axis, tensor.rank):
            out.append(shift.moved(shift.axis, step))
        else:
            m.use_shift(shift, "`*`")
    return broadcast(Tensor(tuple(out), tensor.rank, tensor.dims), parameter.dims)


def broadcast(tensor: Tensor, dims: Optional[tuple[Value, ...]]) -> Tensor:
    """The axes of a tensor that meets a parameter of these lengths, matched from the right."""
    if dims is None:
        return tensor
    if tensor.rank is not None:
        more = len(dims) - tensor.rank
        if more <= 0:
            return tensor
        moved = (s.moved(s.axis + more if s.axis >= 0 else s.axis, None) for s in tensor.shifts)
        return Tensor(tuple(moved), len(dims))
    varies = any(not (isinstance(length, Const) and length.value == 1) for length in dims[:-1])
    if (varies or len(dims) > 2) and all(shift.axis < 0 for shift in tensor.shifts):
        # A parameter is no batch: where it has an axis before the last one, the tensor has two.
        return Tensor(tensor.shifts, max(len(dims), 3))
    return tensor


def _only_along(dims: tuple[Value, ...], axis: int, rank: Optional[int]) -> bool:
    """Whether every other axis of a tensor of these lengths, broadcast from the right, is one long."""
    long = [i - len(dims) for i, d in enumerate(dims) if not (isinstance(d, Const) and d.value == 1)]
    return not long or (len(long) == 1 and same_axis(long[0], axis, rank))
