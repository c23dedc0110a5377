"""What names and attributes stand for, seen from the layer that code is tried on."""

from __future__ import annotations

import ast
from typing import Any, Optional

from convbias_lint.analysis.bias_attributes import Attributes
from convbias_lint.analysis.bias_names import is_static
from convbias_lint.analysis.bias_target import Target
from convbias_lint.analysis.bias_values import (
    ANY,
    AROUND,
    PRESENT,
    UNSURE,
    Func,
    Items,
    Model,
    Part,
    Subject,
    Type,
    Value,
    may_hold,
)


class Lookup:
    """Where in the file's objects the layer is found.

    ``born`` says that the code run so far has built the layer, or was given it.
    """

    def __init__(self, attributes: Attributes, target: Target) -> None:
        self.names = attributes.names
        self.attributes = attributes
        self.target = target
        self.born = False
        self.globals: dict[str, Value] = {}
        self.given: set[tuple[int, str]] = set()
        """The attributes of classes that code was seen to give something that may hold the layer."""
        self.replaced: set[tuple[int, tuple[str, ...]]] = set()
        """Where code has put something else in the place of the layer, or of what holds it, or may have."""

    def named(self, node: Any) -> Value:
        """A name of the file: a function or class of its own, or something of PyTorch."""
        if isinstance(node, ast.Name):
            function = self.names.functions.get(node.id)
            if function is not None:
                return Func(function, None)
            if node.id in self.names.classes:
                return Type("")
            if node.id in self.globals:
                return self.globals[node.id]
            if self.names.is_bound(node.id):
                return ANY
        qualified = self.names.qualified(node)
        return Type(qualified) if qualified is not None and qualified.split(".")[0] == "torch" else UNSURE

    def member(self, base: Value, name: str) -> Value:
        """An attribute of a model of this file, or of a part of one."""
        if not isinstance(base, (Model, Part)):
            return UNSURE
        path = (*base.path, name) if isinstance(base, Part) else (name,)
        inside = False
        for cls in self.names.lineage(base.cls):
            if (id(cls), path) in self.replaced:
                return ANY
            sure = self.target.paths.get((id(cls), path))
            if sure is not None:
                return Subject(sure) if self.born else UNSURE
            inside = inside or any(
                home == id(cls) and way[: len(path)] == path for home, way in self.target.paths
            )
        if inside:
            return Part(base.cls, path)
        if isinstance(base, Model):
            method = self.names.method(base.cls, name)
            if method is not None:
                return Func(method, None if is_static(method) else base)
            return self._unlisted(base, name)
        return UNSURE

    def replace(self, base: Value, name: Optional[str]) -> None:
        """Note that an attribute (None: an item) of a model, or of a part of one, is another from here on."""
        if isinstance(base, (Model, Part)):
            path = base.path if isinstance(base, Part) else ()
            path = path if name is None else (*path, name)
            self.replaced.update((id(cls), path) for cls in self.names.lineage(base.cls))

    def _unlisted(self, base: Model, name: str) -> Value:
        """An attribute of a model under which the runs of the models did not see the layer."""
        lineage = self.names.lineage(base.cls)
        if name in ("_modules", "__dict__"):
            return AROUND if self.born else UNSURE
        if any((id(cls), name) in self.given for cls in lineage):
            return ANY
        owners = {home for home, _ in self.target.paths}
        if any(id(cls) in owners for cls in lineage):
            return UNSURE
        return self.inside(name, self.attributes.held(base.cls, name))

    def inside(self, name: str, held: Value = ANY) -> Value:
        """An attribute of something that may hold the layer; ``held`` is what it may be at most."""
        if name == "bias":
            return UNSURE
        if name == "weight":
            return PRESENT
        if isinstance(held, Subject) and not self.target.may_be_named(name):
            return AROUND
        return held

    def some_child(self, base: Part) -> Value:
        """One of the layers of a container, where it is open which one."""
        found = self._child(base)
        return UNSURE if found is None else Subject(False)

    def _child(self, base: Value) -> Optional[Subject]:
        """The layer, if it is a direct child of a model or a part of one."""
        if not self.born or not isinstance(base, (Model, Part)):
            return None
        path = base.path if isinstance(base, Part) else ()
        homes = {id(cls) for cls in self.names.lineage(base.cls)}
        for (home, way), sure in self.target.paths.items():
            if home in homes and len(way) == len(path) + 1 and way[: len(path)] == path:
                return Subject(sure and not self.replaced)
        return None

    def iterated(self, value: Value) -> Optional[Subject]:
        """The layer, if a loop over ``value`` comes upon it; None where that is not known."""
        if isinstance(value, Items):
            found = [item for item in value.values if isinstance(item, Subject)]
            return Subject(any(item.sure for item in found)) if found else None
        return self._child(value)

    def walked(self, base: Value, deep: bool) -> Optional[Subject]:
        """The layer, if a loop over the layers of ``base`` may come upon it."""
        if isinstance(base, Subject):
            return base
        if isinstance(base, Items):
            found = [value for value in base.values if may_hold(value)]
            sure = any(isinstance(value, Subject) and value.sure for value in found)
            return Subject(sure) if found else None
        if not isinstance(base, (Model, Part)):
            return Subject(False)
        if not deep:
            return self._child(base)
        if not self.born:
            return None
        homes = {id(cls) for cls in self.names.lineage(base.cls)}
        if isinstance(base, Model):
            if homes & self.target.homes:
                return Subject(self.target.registered and not self.replaced)
            return ANY if self.attributes.takes_models(base.cls) else None
        ways = [
            sure
            for (home, way), sure in self.target.paths.items()
            if home in homes and way[: len(base.path)] == base.path
        ]
        return Subject(any(ways) and not self.replaced) if ways else None
