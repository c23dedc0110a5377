"""What the names of one file stand for, as far as the question "what is ``m``?" needs it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Any, Optional, Union

from convbias_lint.analysis.nodes import FUNCTIONS, Function
from convbias_lint.layers.torch import public_name

Definition = Union[ast.ClassDef, Function]


class Names:
    """Imports, classes and functions at the top level; a name that is bound twice stands for nothing."""

    def __init__(self, tree: ast.Module) -> None:
        self.imports: dict[str, str] = {}
        self.classes: dict[str, ast.ClassDef] = {}
        self.functions: dict[str, Function] = {}
        self._bound: set[str] = set()
        self._star = False
        """Whether everything of torch.nn is imported by ``*``."""
        self._collect(tree.body)

    def _collect(self, lines: Iterable[ast.stmt]) -> None:
        for line in lines:
            if isinstance(line, (ast.Import, ast.ImportFrom)):
                self.add_import(line)
            elif isinstance(line, ast.Assign):
                for target in line.targets:
                    if isinstance(target, ast.Name):
                        self._bind(target.id, None)
            elif isinstance(line, (ast.ClassDef, *FUNCTIONS)):
                self._bind(line.name, line)
            elif isinstance(line, (ast.AnnAssign, ast.For)) and isinstance(line.target, ast.Name):
                self._bind(line.target.id, None)
            elif isinstance(line, ast.If):
                self._collect((*line.body, *line.orelse))
            elif isinstance(line, ast.Try):
                handled = (statement for handler in line.handlers for statement in handler.body)
                self._collect((*line.body, *handled, *line.orelse, *line.finalbody))

    def _bind(self, name: str, node: Optional[Definition]) -> None:
        again = name in self._bound or name in self.imports
        self._bound.add(name)
        for table in (self.imports, self.classes, self.functions):
            table.pop(name, None)
        if not again and isinstance(node, ast.ClassDef):
            self.classes[name] = node
        elif not again and isinstance(node, FUNCTIONS):
            self.functions[name] = node

    def add_import(self, node: Union[ast.Import, ast.ImportFrom]) -> None:
        """Take in an import, wherever it stands."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                self.imports[alias.asname or first] = alias.name if alias.asname else first
        elif node.names[0].name == "*":
            self._star = self._star or (node.module == "torch.nn" and not node.level)
        else:
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                self.imports[alias.asname or alias.name] = f"{module}.{alias.name}"

    def qualified(self, node: Any) -> Optional[str]:
        """What a dotted name stands for, as PyTorch documents it; None for what is not imported."""
        behind: list[str] = []
        while isinstance(node, ast.Attribute):
            behind.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        known = self.imports.get(node.id)
        if known is None and self._star and node.id[:1].isupper() and node.id not in self._bound:
            known = f"torch.nn.{node.id}"
        return None if known is None else public_name(".".join((known, *reversed(behind))))

    def is_bound(self, name: str) -> bool:
        """Whether a name is a variable of the module."""
        return name in self._bound

    def lineage(self, node: ast.ClassDef) -> list[ast.ClassDef]:
        """A class and those of this file that it derives from, nearest first."""
        found = [node]
        for cls in found:
            for base in cls.bases:
                if isinstance(base, ast.Name):
                    parent = self.classes.get(base.id)
                    if parent is not None and parent not in found:
                        found.append(parent)
        return found

    def method(self, node: ast.ClassDef, name: str, behind: bool = False) -> Optional[Function]:
        """A method of a class or of a base in this file (``behind``: of a base only)."""
        for cls in self.lineage(node)[1 if behind else 0 :]:
            for method in methods(cls):
                if method.name == name:
                    return method
        return None


def methods(node: ast.ClassDef) -> Sequence[Function]:
    """The functions right in the body of a class."""
    return [line for line in node.body if isinstance(line, FUNCTIONS)]


def positional(node: Union[Function, ast.Lambda]) -> list[str]:
    """The names of the parameters that are bound by place, in order."""
    return [param.arg for param in (*node.args.posonlyargs, *node.args.args)]


def parameters(node: Function) -> list[tuple[str, Optional[ast.expr]]]:
    """The named parameters of a function with their defaults, in order."""
    names = positional(node)
    bare = [None] * (len(names) - len(node.args.defaults))
    named = zip((param.arg for param in node.args.kwonlyargs), node.args.kw_defaults)
    return [*zip(names, [*bare, *node.args.defaults]), *named]


def is_static(node: Function) -> bool:
    """Whether a method takes no object."""
    return any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)


def bases_of_layer(layer: str) -> frozenset[str]:
    """The qualified names of all classes of torch.nn that an object of the class ``layer`` is of."""
    short = layer.rsplit(".", 1)[-1]
    names = {layer, "torch.nn.Module"}
    if short.startswith("Lazy"):
        names.add(f"torch.nn.{short[4:]}")
    if "Conv" in short:
        names.add("torch.nn._ConvNd")
    if "ConvTranspose" in short:
        names.add("torch.nn._ConvTransposeNd")
    return frozenset(names)
