"""The last layers of a model, whose output its ``forward`` gives back: no norm in view comes behind them.

``x = self.classifier(x); return x``: the bias of a classifier is used, whatever its model is built with.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence
from typing import Any, Optional

from convbias_lint.analysis.nodes import FUNCTIONS, Function, children, last_name, root_name, walk

_SETS_UP = re.compile(r"_*(?:init|initiali[sz]e|reset)(?:_|$)")
"""Names of methods that initialise a model and do not run it."""
_ALL_PARTS = frozenset(("apply", "modules", "named_modules"))
_AS_A_WHOLE = _ALL_PARTS | {"__dict__", "_modules", "children", "get_submodule", "named_children"}
"""Ways to a model's parts that do not say which one is meant."""
_OF_TORCH = frozenset(("F", "functional", "nn", "torch"))


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
    setting_up = _SETS_UP.match(method.name) is not None
    todo: list[ast.AST] = list(method.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Attribute) and _is_model(node.value, me):
            if isinstance(node.ctx, ast.Load) and not (setting_up and node.attr in _ALL_PARTS):
                name = "" if node.attr in _AS_A_WHOLE else node.attr
                yield name, returned is not None and node is returned.func
        elif isinstance(node, ast.Name) and node.id == me:
            if not setting_up:
                yield "", False
        elif not (isinstance(node, ast.Call) and last_name(node.func) == "super"):
            todo += children(node)


def _is_model(node: ast.AST, me: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == me
    return isinstance(node, ast.Call) and last_name(node.func) == "super"


def _returned_call(method: Function) -> Optional[ast.Call]:
    """The call of a part of the model whose result a method gives back, with nothing but torch in between."""
    if not isinstance(method.body[-1], ast.Return):
        return None
    me = method.args.args[0].arg
    own = {arg.arg for arg in method.args.args}
    own |= {n.id for n in walk(method) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    for statement in reversed(method.body):
        if not any(_may_run(node, me, own) for node in walk(statement)):
            continue
        value: Any = getattr(statement, "value", None)
        if isinstance(statement, (ast.Return, ast.Assign)) and isinstance(value, ast.Call):
            if isinstance(value.func, ast.Attribute) and _is_model(value.func.value, me):
                return value
        return None
    return None


def _may_run(node: ast.AST, me: str, own: set[str]) -> bool:
    """Whether a node runs a part of the model, a norm that is a function, or code that may do so."""
    if isinstance(node, ast.Attribute) and _is_model(node.value, me):
        return node.attr != "training"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        # ``return Output(logits=x)`` makes a record.
        return not (node.func.id[:1].isupper() or hasattr(builtins, node.func.id))
    if isinstance(node, ast.Call) and root_name(node) not in own | _OF_TORCH:
        return True
    return "norm" in last_name(node).lower()
