"""Values that hold others: what whoever gets one of them gets with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.nodes import names_in
from convbias_lint.analysis.values import (
    CHILDREN,
    Bound,
    Choice,
    Dict,
    External,
    Function,
    Instance,
    List,
    Method,
    Partial,
    Parts,
    Segment,
    Tensor,
    Tuple,
)

HOLDERS = frozenset(
    (Choice, Tuple, Segment, List, Dict, LayerValue, Instance, Partial, Parts, Bound, Method, Function)
)


def parts_of(value: Any, kind: type) -> Iterable[Any]:
    """What whoever gets a value gets with it."""
    if kind is Tuple:
        return value.items  # type: ignore[no-any-return]
    if kind is Segment:
        return (*value.yes, *value.no)
    if kind is List or kind is Dict:
        return value.state.values()  # type: ignore[no-any-return]
    if kind is Instance:
        # An object that leaves the view may be run there: what it does inside is judged when it is run by
        # itself; a layer of its own, called directly, is not.
        held: list[Any] = [
            item for item in value.state.values() if type(item) is Tensor or type(item) is Parts
        ]
        children = value.state.get(CHILDREN)
        if value.layer is None and type(value.cls) is External and isinstance(children, Tuple):
            held.append(children)
        return held
    if kind is Function:
        if value.scope is None or value.scope.frame is None:
            return ()
        syntax = getattr(value.node, "syntax", None)
        named = value.scope.vars.keys() if syntax is None else names_in(syntax)
        held = [x for name, x in value.scope.vars.items() if name in named and type(x) is Tensor]
        return [*held, *(x for x in value.defaults.values() if type(x) is Tensor)]
    if kind is Partial:
        return (*value.args, *value.kwargs.values())
    return (value.part,) if kind is Parts else (value.self,)


def show(name: str, output: Any) -> None:
    """Note that a method gives shifts to whoever calls it, in view or not."""
    if isinstance(output, Tensor):
        for shift in output.shifts:
            shift.layer.shown_by = name
    elif isinstance(output, Tuple):
        for item in output.items:
            show(name, item)
    elif isinstance(output, Choice):
        show(name, output.yes)
        show(name, output.no)
