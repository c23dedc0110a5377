"""Layers of Keras that move axes: global pooling, flattening, and a layer at each step of a sequence."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.arithmetic import scaled
from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.norms import flattened
from convbias_lint.analysis.shifts import same_axis
from convbias_lint.analysis.values import Tensor, Value


def pooled_to_one(
    m: Machine, name: str, tensor: Tensor, axis: Optional[int], keep: bool, site: Optional[CallSite]
) -> Tensor:
    """Global pooling: what is left of each channel is one number, which has the channel's shift."""
    step = m.here(name, site)
    rank = int(name[-2]) + 2
    out = []
    for shift in tensor.shifts:
        if axis is not None and same_axis(shift.axis, axis, rank):
            out.append(shift.moved(axis, step))
        else:
            m.use_shift(shift, name)
    return Tensor(tuple(out), rank if keep else 2)


def flat(m: Machine, tensor: Tensor, site: Optional[CallSite]) -> Tensor:
    return flattened(m, tensor, 1, -1, m.here("Flatten", site))


def rescaled(m: Machine, tensor: Tensor, site: Optional[CallSite]) -> Tensor:
    return scaled(tensor, m.here("Rescaling", site))


def at_each_step(
    m: Machine, layer: Value, tensor: Tensor, training: Optional[Value], site: Optional[CallSite]
) -> Value:
    """``TimeDistributed``: the layer inside sees one axis less; what counts from the back stays so."""
    arguments = Arguments.of(_counted_from_the_back(m, tensor))
    if training is not None:
        arguments.keywords["training"] = training
    output = m.call(layer, arguments, site)

    def outside(value: Value) -> Value:
        if not isinstance(value, Tensor):
            m.use(value, "TimeDistributed")
            return Tensor()
        return _counted_from_the_back(m, value)

    return m.state.lift(output, outside)


def _counted_from_the_back(m: Machine, tensor: Tensor) -> Tensor:
    """The shifts of a tensor whose axes, counted from the back, stay where they are."""
    kept = []
    for shift in tensor.shifts:
        axis = _from_the_back(shift.axis, tensor.rank)
        if axis is None:
            m.use_shift(shift, "TimeDistributed")
        else:
            kept.append(shift.moved(axis, None))
    return Tensor(tuple(kept))


def _from_the_back(axis: int, rank: Optional[int]) -> Optional[int]:
    if axis < 0:
        return axis
    return None if rank is None else axis - rank
