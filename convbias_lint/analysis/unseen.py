"""Calls that cannot be seen into, and layers that no row describes."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.layer import BiasOrigin, CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.values import FALSE, UNKNOWN, Choice, Instance, Tensor, Value
from convbias_lint.layers.rows import Effect, Layer


def used_by_call(
    m: Machine, arguments: Arguments, site: Optional[CallSite], why: str, parts: bool = True
) -> Value:
    """Everything in ``arguments`` is used; a layer is not, where a call only initialises it.

    ``parts``: what a container holds may be taken out of it, too.
    """
    initialises = site is not None and site.node is m.discarded and _initialises(site.node.func)
    tensors = False
    for value in arguments.all():
        tensors |= isinstance(value, (Tensor, Choice))
        if not parts:
            value = _taken_apart(value)
        if not (initialises and isinstance(value, (LayerValue, Instance))):
            m.use(value, why)
    return Tensor() if tensors else UNKNOWN


def layer_without_row(m: Machine, name: str, arguments: Arguments, site: CallSite, axis: int) -> Value:
    """A layer of a framework that the tables do not have: it uses the shift."""
    for value in arguments.all():
        m.use(value, name)
    row = Layer(name, Effect.USES, name.rpartition(".")[2], "", axis=axis)
    return LayerValue(row, m.chain(site), {}, FALSE, BiasOrigin(0, "", None, False), m.state.guard())


def _taken_apart(value: Value) -> Value:
    """What may be taken out of an argument that is run as a whole: nothing, where it is a container."""
    if isinstance(value, Choice):
        return Choice(value.atom, _taken_apart(value.yes), _taken_apart(value.no))
    return UNKNOWN if isinstance(value, Instance) and value.layer is None else value


def _initialises(func: ir.Expr) -> bool:
    """Whether a function out of view is named as one that sets a layer's first weights, or prints."""
    name = func.name if isinstance(func, ir.Attr) else func.id if isinstance(func, ir.Name) else ""
    return any(word in name.lower() for word in ("init", "fill", "print", "log", "info", "debug"))
