"""The nodes inside a LibCST node, without the white space.

LibCST's own ``children`` visits a copy of each node to tell; reading the fields is ten times as fast.
"""

from __future__ import annotations

import re
from typing import Any

import libcst as cst

_EMPTY = re.compile(
    r"whitespace|lines_|_lines|^[lr]par$|^comma$|^semicolon$|^header$|^footer$|^indent$|trailing"
)
_fields: dict[type, tuple[str, ...]] = {}


def children(node: Any) -> list[Any]:
    """The nodes directly inside ``node``, about in the order of the source."""
    kind = type(node)
    names = _fields.get(kind)
    if names is None:
        names = _fields[kind] = tuple(
            name for name in getattr(kind, "__dataclass_fields__", ()) if _EMPTY.search(name) is None
        )
    found: list[Any] = []
    for name in names:
        value = getattr(node, name)
        inner = type(value)
        if inner is list or inner is tuple:
            found.extend(item for item in value if hasattr(item, "__dataclass_fields__"))
        elif inner is not str and hasattr(inner, "__dataclass_fields__"):
            found.append(value)
    return found


def names_in(node: Any) -> set[str]:
    """All names and attributes that occur in a node."""
    names: set[str] = set()
    todo = [node]
    while todo:
        current = todo.pop()
        if type(current) is cst.Name:
            names.add(current.value)
        else:
            todo.extend(children(current))
    return names
