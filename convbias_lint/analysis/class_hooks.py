"""What a metaclass, or ``__init_subclass__`` of a base, makes of a class: attributes that it sets itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.nodes import last_name, walk
from convbias_lint.analysis.values import UNKNOWN, Class, ClassMethod, Function, Value

ANY = "*"
_MAKING = ("__new__", "__init__", "__call__", "__prepare__")


def set_by_hooks(m: Machine, cls: Class) -> frozenset[str]:
    """The attributes of a class and its objects that such code sets; ``*`` for any."""
    order = [base for base in cls.mro or (cls,) if isinstance(base, Class)]
    hooks = [base.members.get("__init_subclass__") for base in order[1:]]
    for base in order:
        meta = _metaclass(m, base)
        if meta is not None:
            inherited = [part for part in meta.mro or (meta,) if isinstance(part, Class)]
            hooks += [part.members.get(name) for part in inherited for name in _MAKING]
    return frozenset(name for hook in hooks if hook is not None for name in _sets(hook))


def leave_to_hooks(m: Machine, cls: Class) -> None:
    """Let the attributes of a class be anything that such code sets."""
    names = set_by_hooks(m, cls)
    for name in cls.members if ANY in names else names:
        if name not in ("__init__", "__init_subclass__"):
            cls.members[name] = UNKNOWN


def _metaclass(m: Machine, cls: Class) -> Optional[Class]:
    for keyword in getattr(cls.node.syntax, "keywords", ()):
        if keyword.arg == "metaclass" and isinstance(keyword.value, ast.Name):
            meta = m.lookup(keyword.value.id, cls.scope)
            return meta if isinstance(meta, Class) else None
    return None


def _sets(hook: Value) -> Iterator[str]:
    function = hook.func if isinstance(hook, ClassMethod) else hook
    if not isinstance(function, Function) or isinstance(function.node, ir.Lambda):
        return
    syntax: Any = function.node.syntax
    kept = set(_read_off(syntax))
    wrapped = frozenset(_wrapped(syntax))
    for node in walk(syntax):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if node.attr not in wrapped:
                yield node.attr
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            # ``namespace["forward"] = …``; an index that is no text belongs to a registry.
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                yield node.slice.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr" and len(node.args) == 3:
            _, name, value = node.args
            if isinstance(name, ast.Constant):
                yield str(name.value)
            elif (getattr(name, "id", ""), getattr(value, "id", "")) not in kept:
                yield ANY


def _read_off(syntax: ast.AST) -> Iterator[tuple[str, str]]:
    """``value = getattr(cls, name)``: pairs of the names of what says which attribute, and what holds it."""
    for node in walk(syntax):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and len(node.value.args) > 1:
            name, target = node.value.args[1], node.targets[0]
            if getattr(node.value.func, "id", "") == "getattr" and isinstance(name, ast.Name):
                if isinstance(target, ast.Name):
                    yield name.id, target.id


def _wrapped(syntax: ast.AST) -> Iterator[str]:
    """The methods that are set to a function that ``@wraps`` what they were, and calls that."""
    were: dict[str, str] = {}
    inner: dict[str, ast.FunctionDef] = {}
    for node in walk(syntax):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if isinstance(node.value, ast.Attribute):
                were[node.targets[0].id] = node.value.attr
        elif isinstance(node, ast.FunctionDef):
            inner[node.name] = node
    for node in walk(syntax):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            function = inner.get(getattr(node.value, "id", ""))
            if function is not None:
                attr = node.targets[0].attr
                yield from (attr for name, was in were.items() if was == attr and _hands_on(function, name))


def _hands_on(function: ast.FunctionDef, name: str) -> bool:
    """Whether a function says that it wraps ``name``, and returns nothing but what calls of it give."""
    says = any(
        isinstance(decorator, ast.Call)
        and last_name(decorator.func) == "wraps"
        and any(getattr(arg, "id", "") == name for arg in decorator.args)
        for decorator in function.decorator_list
    )
    returns = [node.value for node in walk(function) if isinstance(node, ast.Return)]
    return says and bool(returns) and all(_is_called_in(value, name) for value in returns)


def _is_called_in(value: Optional[ast.expr], name: str) -> bool:
    """Whether an expression is the call of a function, or one that is given it to call."""
    if not isinstance(value, ast.Call):
        return False
    return any(isinstance(node, ast.Name) and node.id == name for node in walk(value))
