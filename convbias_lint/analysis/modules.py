"""One parsed file: which statements bind which of its global names, and their values so far.

Global names are evaluated when first asked for, each by the statements that bind it; the rest of the
file is never run.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Optional, Union

from convbias_lint.analysis import ir
from convbias_lint.analysis.changing_globals import changing_names
from convbias_lint.analysis.lower_statements import lower_block
from convbias_lint.analysis.settable import Method, Methods
from convbias_lint.analysis.syntax import Excerpt, parse
from convbias_lint.analysis.values import UNKNOWN, Value


class SourceFile:
    """One parsed module: which statements bind which global name, and the values so far."""

    def __init__(self, path: str, tree: ast.Module, text: str) -> None:
        self.path = path
        self._tree: Optional[ast.Module] = tree
        self.text = text
        self.body: list[ir.Stmt] = lower_block(tree.body)
        self.values: dict[Any, Value] = {}
        self.uses: dict[str, frozenset[str]] = {}
        """By global name, the other files (present or not) that its value came from."""
        self.pending: set[str] = set()
        self.binds: dict[str, list[ir.Stmt]] = {}
        self.stars: list[ir.ImportFrom] = []
        self._methods: Optional[Methods] = None
        self._registries: Optional[dict[str, list[tuple[Union[ir.FuncDef, ir.ClassDef], ir.Expr]]]] = None
        for statement in self.body:
            for name in bound_names(statement):
                self.binds.setdefault(name, []).append(statement)
            if isinstance(statement, ir.ImportFrom) and statement.names is None:
                self.stars.append(statement)
        self.changing = changing_names(text)
        """The names whose values functions of the file may change."""
        # What they are bound to otherwise is not what they stand for.
        self.values.update(dict.fromkeys(rebound_names(text), UNKNOWN))

    @property
    def tree(self) -> ast.Module:
        """The tree of the whole text; made again if it was put away."""
        return parse(self.text) if self._tree is None else self._tree

    def put_away(self) -> None:
        """Drop the trees of definitions that no one has looked into yet: few are ever asked for."""
        self._tree = None
        rows = self.text.split("\n")
        for statement in self.body:
            if isinstance(statement, ir.Definition) and statement.body is None:
                statement.put_away(Excerpt(statement.syntax, rows))

    def stars_behind(self, statement: ir.Stmt) -> list[ir.ImportFrom]:
        """The star imports that come after a statement."""
        place = next((index for index, other in enumerate(self.body) if other is statement), 0)
        behind = set(map(id, self.body[place + 1 :]))
        return [star for star in self.stars if id(star) in behind]

    def use(self, name: str, paths: Iterable[str]) -> None:
        """Note the files that a global name's value came from, and those of the names bound beside it."""
        others = (other for statement in self.binds.get(name, ()) for other in bound_names(statement))
        for bound in {name, *others}:
            self.uses[bound] = self.uses.get(bound, frozenset()).union(paths)

    def methods_of(self, cls: str) -> tuple[Method, ...]:
        """What the text says of the methods of a class at the top level."""
        if self._methods is None:
            self._methods = Methods(self.text)
        return self._methods.of(cls)

    def registered(self, name: str) -> list[tuple[Union[ir.FuncDef, ir.ClassDef], ir.Expr]]:
        """The definitions that a decorator puts into the global ``name``, and the decorator that does.

        ``@NORMS.register("batch")`` does, and ``@register`` where that function speaks of ``NORMS``.
        """
        if self._registries is None:
            self._registries = {}
            for node in _definitions(self.body):
                for decorator in node.decorators:
                    for registry in self._fed_by(decorator):
                        entries = self._registries.setdefault(registry, [])
                        entries.append((node, decorator))
        return self._registries.get(name, [])

    def _fed_by(self, decorator: ir.Expr) -> list[str]:
        """The global objects that a decorator may put something into."""
        names: list[str] = []
        _target_names(decorator.func if isinstance(decorator, ir.Call) else decorator, names)
        fed: list[str] = []
        for name in names:
            for statement in self.binds.get(name, ()):
                if isinstance(statement, ir.FuncDef):
                    fed.extend(
                        other for other in self.binds if other in statement.names and self._is_object(other)
                    )
                elif isinstance(statement, ir.Assign):
                    fed.append(name)
        return list(dict.fromkeys(fed))

    def _is_object(self, name: str) -> bool:
        """Whether a global name is a dict, or an object that a call makes."""
        return any(
            isinstance(statement, ir.Assign) and isinstance(statement.value, (ir.Dict, ir.Call))
            for statement in self.binds.get(name, ())
        )

    def classes(self) -> list[ir.ClassDef]:
        """The classes at the top level, also under ``if`` and ``try``, in order."""
        return [node for node in _definitions(self.body) if isinstance(node, ir.ClassDef)]

    def functions(self) -> list[ir.FuncDef]:
        """The functions at the top level, in order."""
        return [node for node in _definitions(self.body) if isinstance(node, ir.FuncDef)]


def _definitions(body: Iterable[ir.Stmt]) -> Iterator[Union[ir.FuncDef, ir.ClassDef]]:
    for statement in body:
        if isinstance(statement, (ir.ClassDef, ir.FuncDef)):
            yield statement
        elif isinstance(statement, ir.If):
            yield from _definitions((*statement.body, *statement.orelse))
        elif isinstance(statement, ir.Try):
            yield from _definitions((*statement.body, *statement.orelse))


def bound_names(statement: ir.Stmt) -> list[str]:
    """The global names that a statement binds or changes."""
    names: list[str] = []
    if isinstance(statement, (ir.FuncDef, ir.ClassDef)):
        names.append(statement.name)
    elif isinstance(statement, ir.Assign):
        for target in statement.targets:
            _target_names(target, names)
    elif isinstance(statement, ir.AugAssign):
        _target_names(statement.target, names)
    elif isinstance(statement, ir.Import):
        names.extend(alias or name.partition(".")[0] for name, alias in statement.names)
    elif isinstance(statement, ir.ImportFrom):
        names.extend(alias for _, alias in statement.names or ())
    elif isinstance(statement, ir.ExprStmt):
        # ``registry.update(...)``, ``layers.append(...)``
        call = statement.value
        if isinstance(call, ir.Call) and isinstance(call.func, ir.Attr):
            _target_names(call.func.obj, names)
        elif isinstance(call, ir.Call) and isinstance(call.func, ir.Name) and call.func.id == "setattr":
            _target_names(call.args[0].value, names)
    elif isinstance(statement, (ir.If, ir.For, ir.While)):
        if isinstance(statement, ir.For):
            _target_names(statement.target, names)
        for inner in (*statement.body, *statement.orelse):
            names.extend(bound_names(inner))
    elif isinstance(statement, ir.With):
        for inner in statement.body:
            names.extend(bound_names(inner))
    elif isinstance(statement, ir.Try):
        for inner in (*statement.body, *(s for h in statement.handlers for s in h), *statement.orelse):
            names.extend(bound_names(inner))
    return list(dict.fromkeys(names))


def _target_names(target: ir.Expr, names: list[str]) -> None:
    if isinstance(target, ir.Name):
        names.append(target.id)
    elif isinstance(target, (ir.Attr, ir.Subscript)):
        _target_names(target.obj, names)
    elif isinstance(target, ir.Display):
        for item in target.items:
            _target_names(item, names)
    elif isinstance(target, ir.Starred):
        _target_names(target.value, names)


def rebound_names(text: str) -> frozenset[str]:
    """The global names that code binds in a roundabout way: ``globals()["Norm"] = nn.Identity``."""
    if "globals()" not in text and "sys.modules[" not in text:
        return frozenset()
    return frozenset(name for match in _REBOUND.findall(text) for name in match if name)


_REBOUND = re.compile(
    r"\bglobals\(\)\[[\"'](\w+)[\"']\][ \t]*=(?!=)"
    r"|\bsetattr\(\s*sys\.modules\[[^\]\n]*\]\s*,\s*[\"'](\w+)[\"']"
    r"|\bsys\.modules\[[^\]\n]*\]\.(\w+)[ \t]*=(?!=)"
    r"|\bglobals\(\)\.(?:update\(\s*(?:\{\s*)?|setdefault\(\s*)[\"']?(\w+)"
)


def may_hide(star: ir.ImportFrom) -> bool:
    """Whether a star import out of view may bring a name that an earlier one has brought."""
    return star.level > 0 or star.module.partition(".")[0] not in _HARMLESS


_HARMLESS = frozenset(getattr(sys, "stdlib_module_names", ())) | {
    *("collections", "functools", "math", "os", "random", "re", "sys", "time", "typing"),
    *("keras", "matplotlib", "numpy", "tensorflow", "tf_keras", "torch", "torchvision"),
}
"""Packages that have no layers of their own under the names of those of a framework."""
