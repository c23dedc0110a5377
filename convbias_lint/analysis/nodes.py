"""The nodes inside a node of the syntax tree, and the names in it."""

from __future__ import annotations

import ast
from typing import Any, Union

Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_fields: dict[type, tuple[str, ...]] = {}

_PLAIN = frozenset(("ctx", "type_comment", "op", "ops", "id", "attr", "arg", "kind", "level", "module"))
"""Fields that hold texts, numbers, or nodes that say no more than their type."""


def children(node: ast.AST) -> list[Any]:
    """The nodes directly inside ``node``, operators left out, about in the order of the source."""
    kind = type(node)
    names = _fields.get(kind)
    if names is None:
        names = _fields[kind] = tuple(name for name in kind._fields if name not in _PLAIN)
    found: list[Any] = []
    for name in names:
        value = getattr(node, name, None)
        if type(value) is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(node: ast.AST) -> list[ast.AST]:
    """As ``ast.walk``, operators and contexts left out, in half its time."""
    nodes = [node]
    for inner in nodes:  # it grows meanwhile
        nodes += children(inner)
    return nodes


def last_name(node: ast.AST) -> str:
    """The last part of a name with or without dots; empty for any other expression."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def root_name(node: ast.AST) -> str:
    """The name that ``a.b[c].d(e)`` begins with; empty where that is no name."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return last_name(node)


def captured(pattern: ast.AST) -> list[str]:
    """The names that a pattern of a match statement binds."""
    names: list[str] = []
    todo = [pattern]
    while todo:
        node = todo.pop()
        bound = (getattr(node, field, None) for field in ("name", "rest"))
        names += [name for name in bound if isinstance(name, str)]
        todo += children(node)
    return names


def names_in(node: ast.AST) -> set[str]:
    """All names and attributes that occur in a node, those that it binds among them."""
    names: set[str] = set()
    todo = [node]
    while todo:
        current = todo.pop()
        kind = type(current)
        if kind is ast.Name:
            names.add(current.id)  # type: ignore[attr-defined]
            continue
        if kind is ast.Constant:
            continue
        if kind is ast.Attribute:
            names.add(current.attr)  # type: ignore[attr-defined]
        elif kind is ast.keyword or kind is ast.arg:
            if current.arg is not None:  # type: ignore[attr-defined]
                names.add(current.arg)  # type: ignore[attr-defined]
        elif kind is ast.FunctionDef or kind is ast.AsyncFunctionDef or kind is ast.ClassDef:
            names.add(current.name)  # type: ignore[attr-defined]
        todo.extend(children(current))
    return names
