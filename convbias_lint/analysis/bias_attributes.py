"""What the attributes of a class can hold, told from how the class sets them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from convbias_lint.analysis.bias_names import Names, methods, parameters
from convbias_lint.analysis.bias_values import ANY, AROUND, UNSURE, Value, joined

CONTAINERS = frozenset(
    f"torch.nn.{name}" for name in ("Sequential", "ModuleList", "ModuleDict", "DataParallel", "Module")
)


def holds(names: Names, cls: ast.ClassDef, name: str) -> Value:
    """What ``self.name`` may be, for a layer that is not built as an attribute of this class."""
    found = [_what(names, value) for attribute, value, _ in _assigned(names, cls) if attribute == name]
    if not found:
        return ANY
    result = found[0]
    for value in found[1:]:
        result = joined(result, value)
    return result


def is_layer(qualified: str) -> bool:
    """Whether a name is that of a class of torch.nn whose objects hold no layers that are given to them."""
    plain = qualified.startswith("torch.nn.") and qualified.count(".") == 2
    return plain and qualified[9].isupper() and qualified not in CONTAINERS


def takes_models(names: Names, cls: ast.ClassDef) -> bool:
    """Whether an object of the class may hold a model that it was given, or built of another class."""
    used = {node.func for base in names.lineage(cls) for node in ast.walk(base) if isinstance(node, ast.Call)}
    called = {func.attr for func in used if isinstance(func, ast.Attribute)}
    return any(
        isinstance(value, ast.Name) and value.id in given and attribute in called
        for attribute, value, given in _assigned(names, cls)
    )


def _what(names: Names, value: Any) -> Value:
    if isinstance(value, (ast.Constant, ast.Compare, ast.JoinedStr)):
        return UNSURE
    if isinstance(value, ast.Call):
        qualified = names.qualified(value.func) or ""
        if qualified.startswith("torch."):
            return AROUND if qualified in CONTAINERS else UNSURE if is_layer(qualified) else ANY
        if isinstance(value.func, ast.Name) and value.func.id in names.classes:
            return AROUND
    return ANY


def _assigned(names: Names, cls: ast.ClassDef) -> Iterator[tuple[str, Any, frozenset[str]]]:
    """``self.name = value`` in the methods of a class and its bases, with the parameters of the method."""
    for base in names.lineage(cls):
        for method in methods(base):
            given = [name for name, _ in parameters(method)]
            for node in ast.walk(method):
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        if (
                            isinstance(target, ast.Attribute)
                            and isinstance(target.value, ast.Name)
                            and [target.value.id] == given[:1]
                        ):
                            yield target.attr, node.value, frozenset(given[1:])
