"""What the attributes of a class can hold, told from how the class sets them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from convbias_lint.analysis.bias_names import Names, methods, parameters
from convbias_lint.analysis.bias_values import ANY, AROUND, UNSURE, Value, joined
from convbias_lint.analysis.nodes import walk

CONTAINERS = frozenset(
    f"torch.nn.{name}" for name in ("Sequential", "ModuleList", "ModuleDict", "DataParallel", "Module")
)


class Attributes:
    """The attributes of the classes of one file; each class is looked through once."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._held: dict[int, dict[str, Value]] = {}
        self._taking: dict[int, bool] = {}

    def held(self, cls: ast.ClassDef, name: str) -> Value:
        """What ``self.name`` may be, for a layer that is not built as an attribute of this class."""
        known = self._held.get(id(cls))
        if known is None:
            known = self._held[id(cls)] = {}
            for attribute, node, _ in _assigned(self.names, cls):
                value = _what(self.names, node)
                known[attribute] = joined(known.get(attribute, value), value)
        return known.get(name, ANY)

    def takes_models(self, cls: ast.ClassDef) -> bool:
        """Whether an object of the class may hold a model that it was given."""
        if id(cls) not in self._taking:
            lineage = self.names.lineage(cls)
            used = (node.func for base in lineage for node in walk(base) if isinstance(node, ast.Call))
            called = {func.attr for func in used if isinstance(func, ast.Attribute)}
            self._taking[id(cls)] = any(
                isinstance(value, ast.Name) and value.id in given and attribute in called
                for attribute, value, given in _assigned(self.names, cls)
            )
        return self._taking[id(cls)]


def is_layer(qualified: str) -> bool:
    """Whether a name is that of a class of torch.nn whose objects hold no layers that are given to them."""
    plain = qualified.startswith("torch.nn.") and qualified.count(".") == 2
    return plain and qualified[9].isupper() and qualified not in CONTAINERS


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
            for node in walk(method):
                if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                    for target in node.targets if isinstance(node, ast.Assign) else (node.target,):
                        if (
                            isinstance(target, ast.Attribute)
                            and isinstance(target.value, ast.Name)
                            and [target.value.id] == given[:1]
                        ):
                            yield target.attr, node.value, frozenset(given[1:])
