"""Tensors that are changed in place: whoever else holds them, or what they are a part of, sees it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.holding import parts_of
from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.machine import Machine, Scope
from convbias_lint.analysis.nodes import children, walk
from convbias_lint.analysis.read_later import is_read_later
from convbias_lint.analysis.values import Choice, Dict, List, Segment, Tensor, Tuple, Value

_VIEWS = frozenset(
    (
        *("view", "view_as", "reshape", "reshape_as", "flatten", "unflatten", "squeeze", "unsqueeze"),
        *("expand", "permute", "transpose", "t", "T", "mT", "movedim", "moveaxis", "swapaxes", "rearrange"),
        *("contiguous", "to", "type", "float", "data", "detach", "narrow", "select", "diagonal", "unfold"),
        *("chunk", "split", "unbind", "tensor_split", "hsplit", "vsplit"),
    )
)
"""What gives the numbers of a tensor another shape, if need be without a copy."""
MAX_HOLDERS = 6
"""How deep in lists, tuples and dicts a tensor is looked for."""


def changed_in_place(
    m: Machine, tensor: Tensor, how: str, value: Value, scope: Scope, target: ir.Expr
) -> None:
    """Use what ``target op= value`` brings to others that hold the tensor, or takes from what it is part of.

    ``how`` is the operator or method: an operator gives the result the name that the tensor had.
    """
    name = target.id if isinstance(target, ir.Name) else ""
    own = name if how.endswith("=") else ""
    others = [held for key, held in scope.vars.items() if key != own and isinstance(held, Tensor)]
    if _brings(value) and (
        tensor.given is not None
        or sum(held is tensor for held in others) > (not own)
        or any(_holds(held, tensor, 0) for held in _elsewhere(m, scope))
        or any(_is_read_later(site, tensor) for site in m.sites)
        or _shares(name, scope)
    ):
        m.use(value, f"`{how}`")
    layers = {id(shift.layer) for shift in tensor.shifts}
    is_sum = how in ("+=", "-=", "add_", "sub_")
    if not is_sum and any(
        held is not tensor and not layers.isdisjoint(id(shift.layer) for shift in held.shifts)
        for held in others
    ):
        m.use(tensor, f"`{how}`")


def _brings(value: Value) -> bool:
    """Whether there is a shift in a value."""
    if isinstance(value, Choice):
        return _brings(value.yes) or _brings(value.no)
    return isinstance(value, Tensor) and bool(value.shifts)


def _elsewhere(m: Machine, scope: Scope) -> Iterator[Any]:
    """What may hold a tensor that a function works on, besides names: containers and objects."""
    for around in (scope, *(site.scope for site in m.sites)):
        yield from (held for held in around.vars.values() if not isinstance(held, Tensor))
    for instance in m.built:
        yield from instance.state.values()


def _holds(value: Any, tensor: Tensor, depth: int) -> bool:
    """Whether a value is a tensor, or a list, tuple or dict that has it among its items."""
    kind = type(value)
    if value is tensor or depth == MAX_HOLDERS:
        return value is tensor
    parts: Iterable[Any] = ()
    if kind is Choice:
        parts = (value.yes, value.no)
    elif kind in (List, Dict, Tuple, Segment):
        parts = parts_of(value, kind)
    return any(_holds(part, tensor, depth + 1) for part in parts)


def _is_read_later(site: CallSite, tensor: Tensor) -> bool:
    """Whether a variable around a call holds a tensor which the call changes, and is read once more."""
    names = {name for name, held in site.scope.vars.items() if held is tensor}
    frame = site.scope.frame
    if not names or frame is None or frame.function is None:
        return False
    return is_read_later(frame.function.node.syntax, site.node.syntax, names)


def _shares(name: str, scope: Scope) -> bool:
    """Whether a function makes a name a view of another tensor, or another name one of its own, somewhere."""
    frame = scope.frame
    syntax = getattr(frame.function.node, "syntax", None) if frame is not None and frame.function else None
    todo = [] if syntax is None else [syntax]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Assign):
            of = set(map(_viewed, node.value.elts if isinstance(node.value, ast.Tuple) else (node.value,)))
            names = {item.id for to in node.targets for item in walk(to) if isinstance(item, ast.Name)}
            if name in of or (name in names and of != {None}):
                return True
        todo.extend(children(node))
    return False


def _viewed(node: ast.expr) -> Optional[str]:
    """The name of the tensor that an expression gives a view of; "" where it has none, None for no view."""
    is_view = False
    while True:
        if isinstance(node, ast.Subscript):
            is_view, node = True, node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node = node.func
        elif isinstance(node, ast.Attribute) and node.attr in _VIEWS:
            is_view, node = True, node.value
        elif not is_view:
            return None
        else:
            return node.id if isinstance(node, ast.Name) else ""
