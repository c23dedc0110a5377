"""Tensors that are changed in place: whoever else holds them, or what they are a part of, sees it."""

from __future__ import annotations

import ast
from typing import Any

from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.machine import Machine, Scope
from convbias_lint.analysis.values import Choice, Dict, List, Segment, Tensor, Tuple, Value

MAX_DEPTH = 4


def changed_in_place(m: Machine, tensor: Tensor, name: str, value: Value, scope: Scope, own: str) -> None:
    """Use what ``tensor op= value`` brings to other names of the tensor, or takes from what it is a part of.

    ``own`` is the name that is assigned, if there is one.
    """
    held_by = [held for key, held in scope.vars.items() if key != own]
    others = [held for held in held_by if isinstance(held, Tensor)]
    if tensor.given is not None or sum(held is tensor for held in others) > (not own):
        m.use(value, f"`{name}`")
    elif any(_holds(held, tensor, 0) for held in held_by):
        m.use(value, f"`{name}`")
    elif any(_is_read_later(site, tensor) for site in m.sites):
        m.use(value, f"`{name}`")
    layers = {id(shift.layer) for shift in tensor.shifts}
    is_sum = name in ("+=", "-=", "add_", "sub_")
    if not is_sum and any(
        held is not tensor and not layers.isdisjoint(id(shift.layer) for shift in held.shifts)
        for held in others
    ):
        m.use(tensor, f"`{name}`")


def _is_read_later(site: CallSite, tensor: Tensor) -> bool:
    """Whether code behind a call reads a variable that holds a tensor which the call changes."""
    names = {name for name, held in site.scope.vars.items() if held is tensor}
    frame = site.scope.frame
    if not names or frame is None or frame.function is None:
        return False
    call = site.node.syntax
    for node in ast.walk(frame.function.node.syntax):
        if isinstance(node, ast.Assign) and node.lineno <= call.lineno <= (node.end_lineno or node.lineno):
            names -= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return any(
        isinstance(node, ast.Name)
        and node.id in names
        and not isinstance(getattr(node, "ctx", None), ast.Store)
        and node.lineno > (call.end_lineno or call.lineno)
        for node in ast.walk(frame.function.node.syntax)
    )


def _holds(value: object, tensor: Tensor, depth: int) -> bool:
    """Whether a list, tuple or dict has a tensor among its items."""
    items: tuple[Any, ...]
    if isinstance(value, (List, Dict)):
        items = tuple(value.state.values())
    elif isinstance(value, Tuple):
        items = value.items
    elif isinstance(value, (Segment, Choice)):
        sides = (value.yes, value.no)
        items = sides if isinstance(value, Choice) else (*value.yes, *value.no)
    else:
        return False
    return depth < MAX_DEPTH and any(item is tensor or _holds(item, tensor, depth + 1) for item in items)
