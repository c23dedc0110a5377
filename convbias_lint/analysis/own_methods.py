"""Objects in view that say themselves whether they are true, how long they are and what they are equal to."""

from __future__ import annotations

import ast
from typing import Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.classes import external_bases, find_member
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.nodes import names_in
from convbias_lint.analysis.values import (
    CHILDREN,
    NEVER,
    UNKNOWN,
    Bound,
    Class,
    Function,
    Instance,
    StaticMethod,
    Value,
)

_PLAIN = ("torch.nn.", "keras.", "abc.", "typing.", "builtins.object", "builtins.Exception")
"""Where classes come from whose objects are true, and equal to nothing but themselves."""


def truth_of(m: Machine, instance: Instance) -> Optional[Value]:
    """What ``bool(instance)`` asks the object; None where it is true, as objects are."""
    for name in ("__bool__", "__len__"):
        method = find_member(m, instance.cls, name)
        if isinstance(method, (Function, StaticMethod)):
            return m.call(Bound(method, instance), Arguments(), None)
    return None if _is_plain(instance) else UNKNOWN


def has_own_equal(m: Machine, value: Value) -> bool:
    """Whether what an object is equal to is for its class to say."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return False
    return isinstance(find_member(m, value.cls, "__eq__"), Function) or not _is_plain(value)


def has_own(m: Machine, value: Value, *names: str) -> bool:
    """Whether the class of an object defines one of these methods."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return False
    return any(isinstance(find_member(m, value.cls, name), Function) for name in names)


def finds_parts_itself(m: Machine, instance: Instance) -> bool:
    """Whether a class makes of attributes what nobody can tell.

    PyTorch finds the parts of a model by ``__getattr__``: one that does not ask PyTorch's own first may
    find others.
    """
    if has_own(m, instance, "__getattribute__", "__setattr__"):
        return True
    method = find_member(m, instance.cls, "__getattr__") if CHILDREN not in instance.state else NEVER
    if not isinstance(method, Function) or isinstance(method.node, ir.Lambda):
        return False
    body = [line for line in method.node.syntax.body if not _is_docstring(line)]
    asks = bool(body) and {"super", "__getattr__"} <= names_in(body[0])
    return not asks and any(name.startswith("torch.nn.") for name in external_bases(instance.cls))


def _is_docstring(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _is_plain(instance: Instance) -> bool:
    if not isinstance(instance.cls, Class):
        return True
    return all(not name or name.startswith(_PLAIN) for name in external_bases(instance.cls))
