"""Calls that cannot be seen into."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.values import NONE, UNKNOWN, Choice, Instance, Tensor, Value


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
        if not parts and _is_container(value):
            continue
        if not (initialises and isinstance(value, (LayerValue, Instance))):
            m.use(value, why)
    return Tensor() if tensors else UNKNOWN


def _is_container(value: Value) -> bool:
    if isinstance(value, Choice):
        return all(_is_container(side) or side is NONE for side in (value.yes, value.no))
    return isinstance(value, Instance) and value.layer is None


def _initialises(func: ir.Expr) -> bool:
    """Whether a function out of view is named as one that sets a layer's first weights, or prints."""
    name = func.name if isinstance(func, ir.Attr) else func.id if isinstance(func, ir.Name) else ""
    return any(word in name.lower() for word in ("init", "fill", "print", "log", "info", "debug"))
