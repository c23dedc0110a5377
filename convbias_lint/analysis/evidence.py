"""What the callers in a file pass for a parameter, told from the text of their calls.

That an option makes a bias redundant is worth saying only where a model is built with that option.
"""

from __future__ import annotations

import ast
from typing import Any, NamedTuple, Optional

from convbias_lint.analysis.conditions import constant_key
from convbias_lint.analysis.nodes import FUNCTIONS, Function, children, last_name

MAX_CALLERS = 6
"""How many callers of callers are looked at."""


class _Call(NamedTuple):
    """A call, and the function and class whose code holds it."""

    node: ast.Call
    function: Optional[Function]
    owner: Optional[ast.ClassDef]


class Evidence:
    """The calls of a file by the last part of the name that is called."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._calls: Optional[dict[str, list[_Call]]] = None

    def shows(self, name: str, parameter: str, position: Optional[int], atom: Any, value: bool) -> bool:
        """Whether a caller of the function or class ``name`` passes what makes ``atom`` hold or not.

        ``position`` is the place of the parameter among the positional ones, None for keyword-only.
        """
        return self._shows(name, parameter, position, atom, value, MAX_CALLERS)

    def _shows(
        self, name: str, parameter: str, position: Optional[int], atom: Any, value: bool, depth: int
    ) -> bool:
        for call in self._collected().get(name, ()):
            passed = _argument(call.node, parameter, position)
            if passed is not None and self._holds(passed, call, atom, value, depth):
                return True
        return False

    def _holds(self, passed: ast.expr, call: _Call, atom: Any, value: bool, depth: int) -> bool:
        known, constant = _literal(passed)
        if known:
            return _test(constant, atom) is value
        if isinstance(passed, ast.Name):
            place = None if call.function is None else _parameter(call.function, passed.id, call.owner)
            if place is not None and call.function is not None and depth > 0:
                outer = call.function.name
                name = call.owner.name if outer == "__init__" and call.owner is not None else outer
                return self._shows(name, passed.id, place if place >= 0 else None, atom, value, depth - 1)
        if isinstance(passed, (ast.Name, ast.Attribute)):
            last = last_name(passed)
            if last[:1].isupper():  # a class: it is no None, and true
                return _test(_CLASS, atom, last) is value
        return False

    def _collected(self) -> dict[str, list[_Call]]:
        if self._calls is None:
            self._calls = {}
            todo: list[tuple[ast.AST, Optional[Function], Optional[ast.ClassDef]]]
            todo = [(self._tree, None, None)]
            while todo:
                node, function, owner = todo.pop()
                if isinstance(node, FUNCTIONS):
                    function = node
                elif isinstance(node, ast.ClassDef):
                    owner, function = node, None
                elif isinstance(node, ast.Call):
                    for name in _callees(node, owner):
                        self._calls.setdefault(name, []).append(_Call(node, function, owner))
                todo.extend((child, function, owner) for child in children(node))
        return self._calls


_CLASS: Any = object()


def _callees(node: ast.Call, owner: Optional[ast.ClassDef]) -> list[str]:
    """What a call may call: the last part of the name; ``super().__init__`` is the base classes'."""
    func = node.func
    if isinstance(func, ast.Name):
        return [func.id]
    if not isinstance(func, ast.Attribute):
        return []
    if func.attr == "__init__" and owner is not None:
        return [last_name(base) for base in owner.bases if isinstance(base, (ast.Name, ast.Attribute))]
    return [func.attr]


def _argument(node: ast.Call, parameter: str, position: Optional[int]) -> Optional[ast.expr]:
    for index, arg in enumerate(node.args):
        if isinstance(arg, ast.Starred):
            return None
        if index == position:
            return arg
    return next((keyword.value for keyword in node.keywords if keyword.arg == parameter), None)


def _parameter(function: Function, name: str, owner: Optional[ast.ClassDef]) -> Optional[int]:
    """The place of a parameter as callers count; -1 where it is keyword-only; None if it is none."""
    params = function.args
    for index, param in enumerate((*params.posonlyargs, *params.args)):
        if param.arg == name:
            return index - (owner is not None)
    return -1 if any(param.arg == name for param in params.kwonlyargs) else None


def _literal(node: ast.expr) -> tuple[bool, Any]:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, (str, int, float, type(None)))
    return constant, node.value if isinstance(node, ast.Constant) else None


def _test(constant: Any, atom: Any, name: str = "") -> Optional[bool]:
    """Whether ``atom`` holds of what was passed; None if that cannot be told."""
    if atom[0] == "truth":
        return True if constant is _CLASS else bool(constant)
    if atom[0] != "is":
        return None
    if constant is _CLASS:
        if atom[2] == "default":
            return None
        return bool(atom[2] == ("class", name)) if atom[2][0] == "class" else False
    if atom[2] == "default":
        return False
    return bool(atom[2] == constant_key(constant))
