"""Which of a file's definitions build layers, and which use which, told by the names in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

from convbias_lint.analysis import ir
from convbias_lint.analysis.keras_models import BUILDERS as KERAS_BUILDERS
from convbias_lint.layers.rows import Effect
from convbias_lint.layers.torch import LAYERS

Definition = Union[ir.ClassDef, ir.FuncDef]


def with_callers(functions: Sequence[ir.FuncDef], building: Sequence[ir.FuncDef]) -> list[ir.FuncDef]:
    """The functions that build layers, and those that call them: a functional model is made of functions."""
    found = set(building)
    while True:
        names = {node.name for node in found}
        more = {node for node in functions if node not in found and node.names & names}
        if not more:
            return [node for node in functions if node in found]
        found |= more


def mentioned_in(names: set[str], functions: Sequence[ir.FuncDef]) -> set[ir.FuncDef]:
    """The functions that code calls which names ``names``, and those that they call."""
    found: set[ir.FuncDef] = set()
    todo = set(names)
    while True:
        more = {node for node in functions if node not in found and node.name in todo}
        if not more:
            return found
        found |= more
        todo = {name for node in more for name in node.names}


def callers_first(nodes: list[Definition]) -> list[Definition]:
    """Definitions in an order in which those that use others come before them.

    Most files are written from the parts to the whole, so this is the reverse of it, but for the parts
    that stand below what is made of them.
    """
    names = {node.name for node in nodes}
    users: dict[str, list[Definition]] = {}
    for node in nodes:
        for name in names & node.names:
            users.setdefault(name, []).append(node)
    order: list[Definition] = []
    seen: set[Definition] = set()
    todo = [(node, False) for node in nodes]
    while todo:
        node, is_last = todo.pop()
        if is_last:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            todo.append((node, True))
            todo += [(other, False) for other in users.get(node.name, ()) if other not in seen]
    return order


def builds(node: ir.FuncDef, models: set[str]) -> bool:
    """Whether a function itself names a layer or container that it may build, or a model that is there."""
    return any(name in _BUILDERS or name in models for name in node.names)


def takes(node: ir.ClassDef | ir.FuncDef, models: set[str]) -> bool:
    """Whether a class or function works with a model that is there."""
    return not models.isdisjoint(node.names)


_BUILDERS = frozenset(row.name.rsplit(".", 1)[-1] for row in LAYERS if row.effect is Effect.INTRODUCES) | {
    "Sequential",
    "ModuleList",
    *KERAS_BUILDERS,
}
