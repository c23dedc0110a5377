"""Source files in view: the one being linted and, on demand, those it imports.

A file is parsed once per process.  Its global names are evaluated when first asked for, each by the
statements that bind it; the rest of the file is never run.  Only files of the same package, or that
resolve from the project's roots, are opened; installed packages never are.
"""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Iterable, Sequence
from typing import Any, Optional, Union

from convbias_lint.analysis import ir
from convbias_lint.analysis.lower_statements import lower_block
from convbias_lint.analysis.nodes import names_in
from convbias_lint.analysis.syntax import SyntaxFailure, parse
from convbias_lint.analysis.values import Value
from convbias_lint.gate import may_hold_findings
from convbias_lint.rows import normalised
from convbias_lint.source import SourceError, decode, encoding_of

# These are described by tables, never read, even where their source lies beside the linted file.
_FRAMEWORKS = frozenset(("torch", "keras", "tensorflow", "tf_keras", "numpy", "typing", "functools"))
MAX_FILE_BYTES = 2_000_000
MAX_OTHER_BYTES = 40_000
"""Larger files are read only if they can hold models: helpers that sizes go through are in small ones."""


class SourceFile:
    """One parsed module: which statements bind which global name, and the values so far."""

    def __init__(self, path: str, tree: ast.Module, text: str) -> None:
        self.path = path
        self.tree = tree
        self.text = text
        self.body: list[ir.Stmt] = lower_block(tree.body)
        self.values: dict[Any, Value] = {}
        self.pending: set[str] = set()
        self.binds: dict[str, list[ir.Stmt]] = {}
        self.stars: list[ir.ImportFrom] = []
        self._registries: Optional[dict[str, list[tuple[Union[ir.FuncDef, ir.ClassDef], ir.Expr]]]] = None
        for statement in self.body:
            for name in bound_names(statement):
                self.binds.setdefault(name, []).append(statement)
            if isinstance(statement, ir.ImportFrom) and statement.names is None:
                self.stars.append(statement)

    def registered(self, name: str) -> list[tuple[Union[ir.FuncDef, ir.ClassDef], ir.Expr]]:
        """The definitions that a decorator puts into the global ``name``, and the decorator that does.

        ``@NORMS.register("batch")`` does, and ``@register`` where that function speaks of ``NORMS``.
        """
        if self._registries is None:
            self._registries = {}
            for node in _definitions(self.body):
                assert isinstance(node, (ir.FuncDef, ir.ClassDef))
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
                    known = names_in(statement.syntax)
                    fed.extend(other for other in self.binds if other in known and self._is_object(other))
                elif isinstance(statement, ir.Assign):
                    fed.append(name)
        return list(dict.fromkeys(fed))

    def _is_object(self, name: str) -> bool:
        """Whether a global name is a dict, or an object that a call makes."""
        return any(
            isinstance(statement, ir.Assign) and isinstance(statement.value, (ir.Dict, ir.Call))
            for statement in self.binds.get(name, ())
        )

    @property
    def is_package(self) -> bool:
        return os.path.basename(self.path) == "__init__.py"

    def classes(self) -> list[ir.ClassDef]:
        """The classes at the top level, also under ``if`` and ``try``, in order."""
        return [node for node in _definitions(self.body) if isinstance(node, ir.ClassDef)]

    def functions(self) -> list[ir.FuncDef]:
        """The functions at the top level, in order."""
        return [node for node in _definitions(self.body) if isinstance(node, ir.FuncDef)]


def _definitions(body: Iterable[ir.Stmt]) -> Iterable[ir.Stmt]:
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


def _stamp(path: str) -> Optional[tuple[int, int]]:
    """What changes when a file does; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


class Loader:
    """Finds, reads and parses the files that a linted file imports, once per process."""

    def __init__(self, src: Sequence[str] = ()) -> None:
        self._src = tuple(os.path.abspath(root) for root in src)
        self._files: dict[str, Optional[SourceFile]] = {}
        self._stamps: dict[str, Optional[tuple[int, int]]] = {}
        self._importers: dict[str, set[str]] = {}
        self._roots: dict[str, str] = {}
        self.size = 0
        """Characters of the files that were read for others: their trees are about thirty times as large."""
        self.asked: set[str] = set()
        """Paths of the files (present or not) that the current analysis depended on."""

    def add(self, file: SourceFile) -> None:
        """Take a file as it is now; what imports it and is loaded holds values of the old one."""
        known = self._files.get(file.path)
        todo = [] if known is None or known.text == file.text else [file.path]
        dropped: set[str] = set()
        while todo:
            for importer in self._importers.pop(todo.pop(), ()):
                if importer not in dropped:
                    dropped.add(importer)
                    todo.append(importer)
        for path in dropped:
            self._files.pop(path, None)
            self._stamps.pop(path, None)
        self._files[file.path] = file
        self._stamps[file.path] = _stamp(file.path)

    def tree_of(self, path: str, text: str) -> Optional[ast.Module]:
        """The tree of a file that is loaded already, if ``text`` is what it holds."""
        known = self._files.get(path)
        return known.tree if known is not None and known.text == text else None

    def forget(self) -> None:
        """Drop all parsed files, to bound memory."""
        self.size = 0
        self._files.clear()
        self._stamps.clear()
        self._importers.clear()
        self._roots.clear()

    def refresh(self) -> None:
        """Drop all parsed files if one of them is another on disk by now: their values hold each other's."""
        if any(_stamp(path) != stamp for path, stamp in self._stamps.items()):
            self.forget()

    def find(self, importer: str, module: str, level: int) -> Optional[SourceFile]:
        """The file of ``from {'.' * level}{module} import …`` written in the file ``importer``."""
        found = self._found(importer, module, level)
        if found is not None:
            self._importers.setdefault(found.path, set()).add(importer)
        return found

    def _found(self, importer: str, module: str, level: int) -> Optional[SourceFile]:
        if not importer or importer.startswith("<"):
            return None
        parts = module.split(".") if module else []
        if level:
            base = os.path.dirname(importer)
            for _ in range(level - 1):
                base = os.path.dirname(base)
            return self._at(os.path.join(base, *parts))
        if not parts or parts[0] in _FRAMEWORKS:
            return None
        for root in (self._root(os.path.dirname(importer)), os.path.dirname(importer), *self._src):
            found = self._at(os.path.join(root, *parts))
            if found is not None:
                return found
        return None

    def _root(self, folder: str) -> str:
        """The folder that holds the outermost package that ``folder`` is in."""
        known = self._roots.get(folder)
        if known is None:
            known = folder
            while os.path.isfile(os.path.join(known, "__init__.py")):
                known = os.path.dirname(known)
            self._roots[folder] = known
        return known

    def package_of(self, path: str) -> Optional[str]:
        """The folder of the outermost package that the file ``path`` is in, if it is in one."""
        if not os.path.isabs(path):
            return None
        folder = os.path.dirname(path)
        root = self._root(folder)
        if root == folder:
            return None
        return os.path.join(root, os.path.relpath(folder, root).split(os.sep)[0])

    def _at(self, base: str) -> Optional[SourceFile]:
        for path in (f"{base}.py", os.path.join(base, "__init__.py")):
            if path not in self._files:
                self._stamps[path] = _stamp(path)
                self._files[path] = self._read(path)
            if self._files[path] is not None:
                self.asked.add(path)
                return self._files[path]
        return None

    def _read(self, path: str) -> Optional[SourceFile]:
        try:
            state = os.stat(path)
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_FILE_BYTES:  # a pipe would never end
                return None
            with open(path, "rb") as stream:
                data = stream.read()
            if len(data) > MAX_OTHER_BYTES and not may_hold_findings(data):
                return None
            text = normalised(decode(data, encoding_of(data)))
            self.size += len(text)
            return SourceFile(path, parse(text), text)
        except (OSError, SourceError, SyntaxFailure):
            return None
