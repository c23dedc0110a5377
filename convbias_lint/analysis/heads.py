"""The last layers of a model, whose output its ``forward`` gives back: no norm in view comes behind them.

``x = self.classifier(x); return x``: the bias of a classifier is used, whatever its model is built with.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional

from convbias_lint.analysis.nodes import FUNCTIONS, Function, children, last_name

_SETTING_UP = ("init", "reset")
_ALL_PARTS = frozenset(("modules", "named_modules", "apply", "parameters", "named_parameters"))
"""What goes through all parts of a model: to initialise them, mostly, and then none of them is run."""
_QUIET = frozenset(("training",))


def heads_of(classes: Sequence[ast.ClassDef]) -> frozenset[str]:
    """The attributes that a model calls only to give back what they give; none where that is not sure.

    ``classes``: that of the model, and those in view that it derives from.
    """
    methods = [node for cls in classes for node in cls.body if isinstance(node, FUNCTIONS)]
    seen: dict[str, list[tuple[str, bool]]] = {}
    for method in methods:
        if not method.args.args:
            continue
        returned = _returned_call(method)
        for name, is_returned in _uses(method, returned):
            seen.setdefault(name, []).append((method.name, is_returned))
    if "" in seen:
        return frozenset()
    called = {name for name, uses in seen.items() if all(sure for _, sure in uses)}
    defined = {method.name for method in methods}
    while True:
        # What a method gives back goes to whoever calls it: that must be given back, too.
        kept = {name for name in called if all(_is_given_back(user, seen, called) for user, _ in seen[name])}
        if kept == called:
            return frozenset(called - defined)
        called = kept


def _is_given_back(method: str, seen: dict[str, list[tuple[str, bool]]], called: set[str]) -> bool:
    """Whether the output of a method is that of the model, or of a call from outside."""
    return method not in seen or method in called


def _uses(method: Function, returned: Optional[ast.Call]) -> Iterator[tuple[str, bool]]:
    """The attributes of the model that a method reads, with whether it gives back what they give.

    "" stands for a use of the model as a whole.
    """
    me = method.args.args[0].arg
    setting_up = any(word in method.name for word in _SETTING_UP)
    todo: list[ast.AST] = list(method.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Attribute) and _is_model(node.value, me):
            if isinstance(node.ctx, ast.Load) and not (setting_up and node.attr in _ALL_PARTS):
                general = node.attr.startswith("_modules") or node.attr in (*_ALL_PARTS, *_PARTS)
                yield ("" if general else node.attr), returned is not None and node is returned.func
        elif isinstance(node, ast.Name) and node.id == me:
            if not setting_up:
                yield "", False
        elif not (isinstance(node, ast.Call) and last_name(node.func) == "super"):
            todo += children(node)


_PARTS = frozenset(("children", "named_children", "__dict__", "get_submodule", "state_dict"))


def _is_model(node: ast.AST, me: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == me
    return isinstance(node, ast.Call) and last_name(node.func) == "super"


def _returned_call(method: Function) -> Optional[ast.Call]:
    """The call of a part of the model whose result a method gives back as it is, or as pure data."""
    me = method.args.args[0].arg
    last = method.body[-1]
    if not isinstance(last, ast.Return):
        return None
    for statement in reversed(method.body):
        if _is_quiet(statement, me):
            continue
        value: Any = getattr(statement, "value", None)
        if isinstance(statement, (ast.Return, ast.Assign)) and isinstance(value, ast.Call):
            if isinstance(value.func, ast.Attribute) and _is_model(value.func.value, me):
                return value
        return None
    return None


def _is_quiet(statement: ast.stmt, me: str) -> bool:
    """Whether a statement runs no part of the model, and no norm that is a function."""
    return not any(_may_run(node, me) for node in _inside(statement))


def _may_run(node: ast.AST, me: str) -> bool:
    if isinstance(node, ast.Attribute) and _is_model(node.value, me):
        return node.attr not in _QUIET
    return "norm" in last_name(node).lower()


def _inside(node: ast.AST) -> Iterable[ast.AST]:
    todo = [node]
    while todo:
        current = todo.pop()
        yield current
        todo += children(current)
