"""Lists and dicts that outlive a call: what one call puts into them, or takes out, the next one finds.

Those of a file, of its classes, of default arguments and of objects.  A norm that ``self.norms.pop()``
takes away is there for the first call only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Optional, Union

from convbias_lint.analysis import ir
from convbias_lint.analysis.machine import Machine, Scope
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.values import (
    CHILDREN,
    Class,
    Dict,
    Function,
    Instance,
    List,
    Parts,
    Tensor,
    Tuple,
    Value,
)

Container = Union[List, Dict, Instance]
Contents = dict[int, tuple[Container, tuple[Any, ...]]]


def contents(m: Machine, file: SourceFile) -> Contents:
    """What the containers hold now that code of the file may change, but for tensors."""
    return {id(container): (container, _items(container)) for container in _containers(m, file)}


def differ(m: Machine, before: Contents) -> bool:
    """Whether one of the containers, or a default made since, holds something else by now."""
    made = {id(default): (default, items) for default, items in m.defaults.values()}
    return any(
        len(items) != len(now) or any(one is not other for one, other in zip(items, now))
        for container, items in {**made, **before}.values()
        for now in (_items(container),)
    )


def defined(m: Machine, function: Function) -> Function:
    """A function at its definition: the defaults of an inner one are what they are there.

    ``lambda x, i=i: …`` is how code in a loop keeps the number of the round.
    """
    inner = function.scope.frame is not None or isinstance(function.node, ir.Lambda)
    for param in function.node.params if inner else ():
        if param.default is None or isinstance(param.default, ir.Const):
            continue
        try:
            default = function.defaults[param.name] = m.evaluate(param.default, function.scope)
        except Dead:
            continue
        if isinstance(default, (List, Dict)):
            m.defaults[param.default, function] = (default, _items(default))
    return function


def default_of(m: Machine, function: Function, param: ir.Param) -> Optional[Value]:
    """What a parameter is where a call leaves it out, if it may."""
    if param.default is None:
        return None
    known = function.defaults.get(param.name)
    return _made_once(m, param.default, function.scope) if known is None else known


def _made_once(m: Machine, node: ir.Expr, scope: Scope) -> Value:
    """The value of a default argument: a list or dict is the same one in each call."""
    if not isinstance(node, (ir.Display, ir.Dict)):
        return m.evaluate(node, scope)
    key = (node, scope)
    if key not in m.defaults:
        default = m.evaluate(node, scope)
        if not isinstance(default, (List, Dict)):
            return default
        m.defaults[key] = (default, _items(default))
    return m.defaults[key][0]  # type: ignore[no-any-return]


def _containers(m: Machine, file: SourceFile) -> Iterator[Container]:
    for value in file.values.values():
        if isinstance(value, (List, Dict)):
            yield value
        elif isinstance(value, Class):
            yield from _in(value.members.values())
    yield from (default for default, _ in m.defaults.values())
    for instance in m.built:
        if isinstance(instance.cls, Class):
            yield from _in(instance.state.values())
        if CHILDREN in instance.state:
            yield instance


def _in(values: Iterable[Any]) -> Iterator[Container]:
    return (value for value in values if isinstance(value, (List, Dict)))


def _items(container: Container) -> tuple[Any, ...]:
    """What a container holds, but for tensors."""
    if isinstance(container, Dict):
        pairs = container.state.items()
        return tuple(part for pair in pairs if not isinstance(pair[1], (Tensor, Parts)) for part in pair)
    held = container.state.get(CHILDREN if isinstance(container, Instance) else "items")
    if isinstance(held, Tuple):
        return tuple(item for item in held.items if not isinstance(item, (Tensor, Parts)))
    return (held,)
