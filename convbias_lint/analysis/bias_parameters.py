"""Whether a parameter that hands a bias on decides anything else.

``Block(plain=True)`` may switch on the bias of a convolution, ``bias=plain``, and a norm off by the same
word: then it is no bias that a caller can switch off.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.nodes import children, last_name, walk


def decides_bias_only(layer: LayerValue, level: int) -> bool:
    """Whether the argument at ``level`` of a layer's chain of calls is for the bias, all the way in."""
    calls = {id(site.node.syntax) for site in layer.chain}
    for inner in range(1, level + 1):
        origin = layer.origin.at(inner)
        frame = layer.chain[inner - 1].scope.frame
        function = None if frame is None else frame.function
        if origin is None or function is None or not isinstance(function.node, ir.FuncDef):
            continue
        node = function.node.syntax
        owner = function.owner.node.syntax if function.owner is not None else None
        if not _is_for_bias(node, owner, origin.keyword, calls):
            return False
    return True


def _is_for_bias(node: Any, owner: Optional[Any], name: str, calls: Collection[int]) -> bool:
    """Whether a function does nothing with a parameter but to hand it on as a bias, or to look after that."""
    named = "bias" in name.lower()
    for use, parents in _uses(node, name):
        parent = parents[-1]
        keyword = parent.arg if isinstance(parent, ast.keyword) else None
        call = parents[-2] if isinstance(parent, ast.keyword) else parent
        if isinstance(call, ast.Call) and use is not call.func:
            if not (named or id(call) in calls or (keyword is not None and "bias" in keyword)):
                return False
            continue
        if not named or _chooses_parts(parents):
            return False
        if isinstance(parent, ast.Assign):
            for target in parent.targets:
                if isinstance(target, ast.Attribute) and owner is not None and _is_asked(owner, target.attr):
                    return False
    return True


def _uses(function: Any, name: str) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Where a function reads a variable, each with the nodes around it, the innermost last."""
    todo: list[tuple[Any, tuple[Any, ...]]] = [(child, (function,)) for child in children(function)]
    while todo:
        current, around = todo.pop()
        if isinstance(current, ast.Name):
            if current.id == name and isinstance(current.ctx, ast.Load):
                yield current, around
        else:
            todo.extend((child, (*around, current)) for child in children(current))


def _is_asked(owner: Any, attribute: str) -> bool:
    """Whether a class chooses its parts, or what it does with them, by an attribute."""
    todo: list[tuple[Any, tuple[Any, ...]]] = [(owner, ())]
    while todo:
        current, around = todo.pop()
        if isinstance(current, ast.Attribute) and current.attr == attribute:
            if isinstance(current.ctx, ast.Load) and _chooses_parts(around):
                return True
        todo.extend((child, (*around, current)) for child in children(current))
    return False


def _chooses_parts(parents: tuple[Any, ...]) -> bool:
    """Whether what stands in these nodes is in a condition on which a module is made or called."""
    inner: Any = None
    for parent in reversed(parents):
        if isinstance(parent, (ast.If, ast.IfExp, ast.While)) and inner is parent.test:
            branches = [parent.body, parent.orelse]
            nodes = [
                node for branch in branches for node in (branch if isinstance(branch, list) else [branch])
            ]
            if any(_makes_or_calls(node) for node in nodes):
                return True
        inner = parent
    return False


def _makes_or_calls(node: Any) -> bool:
    """Whether code makes a module, or calls one of ``self``."""
    for inner in walk(node):
        if isinstance(inner, ast.Call):
            func, last = inner.func, last_name(inner.func)
            own = isinstance(func, ast.Attribute) and getattr(func.value, "id", "") == "self"
            if (last[:1].isupper() and last != "Parameter") or (own and not last.startswith("register_")):
                return True
    return False
