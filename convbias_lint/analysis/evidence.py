"""What the callers in a file pass for a parameter, told from the text of their calls.

That an option makes a bias redundant is worth saying only where a model is built with that option.
"""

from __future__ import annotations

import ast
from typing import Any, NamedTuple, Optional

import libcst as cst

from convbias_lint.analysis.nodes import children

MAX_CALLERS = 6
"""How many callers of callers are looked at."""


class _Call(NamedTuple):
    """A call, and the function and class whose code holds it."""

    node: cst.Call
    function: Optional[cst.FunctionDef]
    owner: Optional[cst.ClassDef]


class Evidence:
    """The calls of a file by the last part of the name that is called."""

    def __init__(self, tree: cst.Module) -> None:
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

    def _holds(self, passed: cst.BaseExpression, call: _Call, atom: Any, value: bool, depth: int) -> bool:
        known, constant = _literal(passed)
        if known:
            return _test(constant, atom) is value
        if isinstance(passed, cst.Name):
            place = None if call.function is None else _parameter(call.function, passed.value, call.owner)
            if place is not None and call.function is not None and depth > 0:
                outer = call.function.name.value
                name = call.owner.name.value if outer == "__init__" and call.owner is not None else outer
                return self._shows(name, passed.value, place if place >= 0 else None, atom, value, depth - 1)
        if isinstance(passed, (cst.Name, cst.Attribute)):
            last = passed.value if isinstance(passed, cst.Name) else passed.attr.value
            if last[:1].isupper():  # a class: it is no None, and true
                return _test(_CLASS, atom, last) is value
        return False

    def _collected(self) -> dict[str, list[_Call]]:
        if self._calls is None:
            self._calls = {}
            todo: list[tuple[cst.CSTNode, Optional[cst.FunctionDef], Optional[cst.ClassDef]]]
            todo = [(self._tree, None, None)]
            while todo:
                node, function, owner = todo.pop()
                if isinstance(node, cst.FunctionDef):
                    function = node
                elif isinstance(node, cst.ClassDef):
                    owner, function = node, None
                elif isinstance(node, cst.Call):
                    for name in _callees(node, owner):
                        self._calls.setdefault(name, []).append(_Call(node, function, owner))
                todo.extend((child, function, owner) for child in children(node))
        return self._calls


_CLASS: Any = object()


def _callees(node: cst.Call, owner: Optional[cst.ClassDef]) -> list[str]:
    """What a call may call: the last part of the name; ``super().__init__`` is the base classes'."""
    func = node.func
    if isinstance(func, cst.Name):
        return [func.value]
    if not isinstance(func, cst.Attribute):
        return []
    if func.attr.value == "__init__" and owner is not None:
        bases = [base.value for base in owner.bases]
        return [
            base.value if isinstance(base, cst.Name) else base.attr.value
            for base in bases
            if isinstance(base, (cst.Name, cst.Attribute))
        ]
    return [func.attr.value]


def _argument(node: cst.Call, parameter: str, position: Optional[int]) -> Optional[cst.BaseExpression]:
    for index, arg in enumerate(node.args):
        if arg.star:
            return None if arg.star == "*" else _keyword(node, parameter)
        if arg.keyword is None and index == position:
            return arg.value
    return _keyword(node, parameter)


def _keyword(node: cst.Call, parameter: str) -> Optional[cst.BaseExpression]:
    for arg in node.args:
        if arg.keyword is not None and arg.keyword.value == parameter:
            return arg.value
    return None


def _parameter(function: cst.FunctionDef, name: str, owner: Optional[cst.ClassDef]) -> Optional[int]:
    """The place of a parameter as callers count; -1 where it is keyword-only; None if it is none."""
    params = function.params
    plain = [*params.posonly_params, *params.params]
    for index, param in enumerate(plain):
        if param.name.value == name:
            return index - (owner is not None)
    return -1 if any(param.name.value == name for param in params.kwonly_params) else None


def _literal(node: cst.BaseExpression) -> tuple[bool, Any]:
    if isinstance(node, cst.Name) and node.value in ("None", "True", "False"):
        return True, {"None": None, "True": True, "False": False}[node.value]
    if isinstance(node, (cst.SimpleString, cst.Integer, cst.Float)):
        return True, ast.literal_eval(node.value)
    return False, None


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
    return bool(atom[2] == (type(constant).__name__, constant))
