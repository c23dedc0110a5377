"""What the names of one file stand for, as far as the question "what is ``m``?" needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Optional, Union

import libcst as cst

from convbias_lint.layers.torch import ALIASES

Definition = Union[cst.ClassDef, cst.FunctionDef]


class Names:
    """Imports, classes and functions at the top level; a name that is bound twice stands for nothing."""

    def __init__(self, tree: cst.Module) -> None:
        self.imports: dict[str, str] = {}
        self.classes: dict[str, cst.ClassDef] = {}
        self.functions: dict[str, cst.FunctionDef] = {}
        self._bound: set[str] = set()
        self._star = False
        """Whether everything of torch.nn is imported by ``*``."""
        self._collect(tree.body)

    def _collect(self, lines: Iterable[Any]) -> None:
        for line in lines:
            if isinstance(line, cst.SimpleStatementLine):
                for small in line.body:
                    if isinstance(small, (cst.Import, cst.ImportFrom)):
                        self.add_import(small)
                    elif isinstance(small, cst.Assign):
                        for target in small.targets:
                            if isinstance(target.target, cst.Name):
                                self._bind(target.target.value, None)
            elif isinstance(line, (cst.ClassDef, cst.FunctionDef)):
                self._bind(line.name.value, line)
            elif isinstance(line, (cst.If, cst.Else, cst.Finally, cst.ExceptHandler)):
                self._collect(line.body.body)
                if isinstance(line, cst.If) and line.orelse is not None:
                    self._collect((line.orelse,))
            elif isinstance(line, cst.Try):
                self._collect(line.body.body)
                self._collect(part for part in (*line.handlers, line.orelse, line.finalbody) if part)

    def _bind(self, name: str, node: Optional[Definition]) -> None:
        again = name in self._bound or name in self.imports
        self._bound.add(name)
        for table in (self.imports, self.classes, self.functions):
            table.pop(name, None)
        if not again and isinstance(node, cst.ClassDef):
            self.classes[name] = node
        elif not again and isinstance(node, cst.FunctionDef):
            self.functions[name] = node

    def add_import(self, node: Union[cst.Import, cst.ImportFrom]) -> None:
        """Take in an import, wherever it stands."""
        if isinstance(node, cst.Import):
            for alias in node.names:
                name = dotted(alias.name)
                if alias.asname is None:
                    self.imports[name.partition(".")[0]] = name.partition(".")[0]
                elif isinstance(alias.asname.name, cst.Name):
                    self.imports[alias.asname.name.value] = name
        elif isinstance(node.names, cst.ImportStar):
            self._star = self._star or (node.module is not None and dotted(node.module) == "torch.nn")
        else:
            module = "." * len(node.relative) + (dotted(node.module) if node.module is not None else "")
            for alias in node.names:
                name = dotted(alias.name)
                bound = alias.asname.name if alias.asname is not None else alias.name
                if isinstance(bound, cst.Name):
                    self.imports[bound.value] = f"{module}.{name}"

    def qualified(self, node: Any) -> Optional[str]:
        """What a dotted name stands for, as PyTorch documents it; None for what is not imported."""
        behind: list[str] = []
        while isinstance(node, cst.Attribute):
            behind.append(node.attr.value)
            node = node.value
        if not isinstance(node, cst.Name):
            return None
        known = self.imports.get(node.value)
        if known is None and self._star and node.value[:1].isupper() and node.value not in self._bound:
            known = f"torch.nn.{node.value}"
        return None if known is None else _canonical(".".join((known, *reversed(behind))))

    def lineage(self, node: cst.ClassDef) -> list[cst.ClassDef]:
        """A class and those of this file that it derives from, nearest first."""
        found = [node]
        for cls in found:
            for base in cls.bases:
                if isinstance(base.value, cst.Name):
                    parent = self.classes.get(base.value.value)
                    if parent is not None and parent not in found:
                        found.append(parent)
        return found

    def method(self, node: cst.ClassDef, name: str, behind: bool = False) -> Optional[cst.FunctionDef]:
        """A method of a class or of a base in this file (``behind``: of a base only)."""
        for cls in self.lineage(node)[1 if behind else 0 :]:
            for method in methods(cls):
                if method.name.value == name:
                    return method
        return None


def methods(node: cst.ClassDef) -> Sequence[cst.FunctionDef]:
    """The functions right in the body of a class."""
    return [line for line in node.body.body if isinstance(line, cst.FunctionDef)]


def parameters(node: Union[cst.FunctionDef, cst.Lambda]) -> list[cst.Param]:
    """The named parameters of a function, in order."""
    params = node.params
    return [*params.posonly_params, *params.params, *params.kwonly_params]


def dotted(node: Any) -> str:
    """The text of a dotted name."""
    return node.value if isinstance(node, cst.Name) else f"{dotted(node.value)}.{node.attr.value}"


def _canonical(name: str) -> str:
    for alias, public in ALIASES:
        if name.startswith(alias):
            return public + name[len(alias) :]
    return name


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
