"""Whether a run may still come by what it lacks for a finding: a bias that the file decides, or a norm.

Many models build a hundred layers and none of these.  Where the code of the linted file names neither, only
other files could bring them; that is worth less patience than what stands there to be built in a while.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, Union

from convbias_lint.analysis import ir
from convbias_lint.analysis.heads import heads_of
from convbias_lint.analysis.nodes import FUNCTIONS, children, last_name, root_name
from convbias_lint.analysis.values import Choice, Class, Const, Function, Partial, Value
from convbias_lint.layers.rows import Effect, Layer

_LAYER = re.compile(r"(?:Conv(?:Transpose)?(?:[123][dD])?|Linear|Dense)$")
_NORM = re.compile(
    r"(?i:(?:batch|instance|group)_?norm)|\bNorm[123]d\b|B[Nn](?![a-z])|(?<![a-zA-Z])bn(?![a-z])"
)
# ``norm="BATCH"``
_NORM_TEXT = re.compile(r"(?i:batch|instance)|bn\b")
_BIAS = "bias"
_DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
_COMPARING = ("isinstance", "issubclass")
MAX_TEXT = 80
"""Longer strings are prose."""

_Binding = Union[ast.stmt, ast.alias]


class _Named(NamedTuple):
    """What a statement names: a bias that it decides, a norm, and all names in it."""

    bias: bool
    norm: bool
    names: frozenset[str]


class Awaited:
    """What the definitions of a file name, and what these name in the same file."""

    def __init__(self, body: Iterable[ast.stmt], rows: Iterable[Layer]) -> None:
        rows = list(rows)
        self._layers = {row.name.rsplit(".", 1)[-1] for row in rows if row.bias is not None}
        self._norms = {row.name.rsplit(".", 1)[-1] for row in rows if row.effect is Effect.CANCELS}
        self._bindings: dict[str, list[_Binding]] = {}
        self._definitions: set[str] = set()
        """The functions and classes of the file: each says itself what it builds."""
        self._known: dict[int, _Named] = {}
        self._brings_anything = False
        """Whether ``import *`` may bring what goes by any name."""
        for statement in body:
            if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
                self._brings_anything |= not (statement.module or "").startswith(("torch", "keras"))
            for name, binding in _bound(statement):
                self._bindings.setdefault(name, []).append(binding)
                if isinstance(binding, _DEFINITIONS):
                    self._definitions.add(name)

    def from_(self, name: str, value_of: Callable[[str], Value]) -> tuple[bool, bool]:
        """Whether running ``name`` may come by a bias that the file decides, and by a norm.

        ``value_of`` gives the value of a global name of the file.
        """
        if name not in self._bindings or self._brings_anything:
            return True, True
        bias = norm = False
        todo, seen = [name], {name}
        while todo and not (bias and norm):
            current = todo.pop()
            for binding in self._bindings[current]:
                if current == name and isinstance(binding, ast.ClassDef):
                    named = self._look(binding, heads_of(self._lineage(binding)))
                else:
                    named = self._named(binding, value_of)
                bias, norm = bias or named.bias, norm or named.norm
                fresh = named.names.intersection(self._bindings) - seen
                seen |= fresh
                todo += fresh
        return bias, norm

    def _named(self, binding: _Binding, value_of: Callable[[str], Value]) -> _Named:
        known = self._known.get(id(binding))
        if known is None:
            known = self._look(binding)
            if isinstance(binding, ast.alias) and not known.bias:
                known = known._replace(bias=_brings_bias(binding, value_of))
            self._known[id(binding)] = known
        return known

    def _lineage(self, cls: ast.ClassDef) -> list[ast.ClassDef]:
        """A class and those of the file that it derives from."""
        order = [cls]
        for current in order:
            bases = (base for node in current.bases for base in self._bindings.get(last_name(node), ()))
            order += [base for base in bases if isinstance(base, ast.ClassDef) and base not in order]
        return order

    def _look(self, binding: ast.AST, heads: frozenset[str] = frozenset()) -> _Named:
        """What stands in a statement; what values are only compared with does not count.

        Nor do the biases of layers that go under the names ``heads``, where no norm is among them: no norm
        comes behind them when the class is run itself.
        """
        bias = norm = False
        names: set[str] = set()
        todo: list[ast.AST] = [binding]
        while todo:
            node = todo.pop()
            name = last_name(node)
            if isinstance(node, ast.alias):
                bias, norm = self._is_layer(node.name), self._is_norm(node.name)
            elif name:
                names.add(name)
                bias = bias or (name not in self._definitions and self._is_layer(name))
                norm = norm or self._is_norm(name)
            elif isinstance(node, ast.Call):
                callee = last_name(node.func)
                if callee in _COMPARING:
                    todo += node.args[:1]
                    continue
                if self._is_layer(callee) and _is_switched_off(node):
                    names.add(callee)
                    todo += [*children(node.func), *node.args, *node.keywords]
                    continue
            elif isinstance(node, ast.Assign) and heads and _is_attribute(node.targets, heads):
                head = self._look(node.value)
                names |= head.names
                bias, norm = bias or (head.bias and head.norm), norm or head.norm
                continue
            elif isinstance(node, ast.keyword):
                bias = bias or (_BIAS in (node.arg or "").lower() and not _is_false(node.value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                if len(node.value) <= MAX_TEXT:
                    bias = bias or _BIAS in node.value.lower()
                    norm = norm or _NORM_TEXT.match(node.value) is not None or self._is_norm(node.value)
            todo += children(node)
        return _Named(bias, norm, frozenset(names))

    def _is_layer(self, name: str) -> bool:
        return name in self._layers or _LAYER.search(name) is not None

    def _is_norm(self, name: str) -> bool:
        return name in self._norms or _NORM.search(name) is not None


def _bound(statement: ast.stmt) -> Iterable[tuple[str, _Binding]]:
    """The names that a top-level statement may bind or change, each with what it is bound by."""
    if isinstance(statement, _DEFINITIONS):
        return [(statement.name, statement)]
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name.partition(".")[0], alias) for alias in statement.names]
    found: list[tuple[str, _Binding]] = []
    todo: list[ast.AST] = [statement]
    if isinstance(statement, ast.Assign):
        todo = [*statement.targets]  # not what stands in a large table
    elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)):
        todo = [statement.target]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.stmt) and node is not statement:
            found += _bound(node)
        else:
            if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
                found.append((root_name(node), statement))
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                found.append((root_name(node.value), statement))
            todo += children(node)
    return found


def _is_attribute(targets: list[ast.expr], names: frozenset[str]) -> bool:
    """Whether what is assigned goes to one of some attributes, and nowhere else."""
    return len(targets) == 1 and isinstance(targets[0], ast.Attribute) and targets[0].attr in names


def _brings_bias(alias: ast.alias, value_of: Callable[[str], Value]) -> bool:
    """Whether a call of what is imported decides a bias by leaving the argument for it out."""
    return _has_bias_on(value_of(alias.asname or alias.name.partition(".")[0]))


def _has_bias_on(value: Value) -> bool:
    """Whether a class or function takes a bias that is on unless a caller switches it off."""
    if isinstance(value, Choice):
        return _has_bias_on(value.yes) or _has_bias_on(value.no)
    if isinstance(value, Partial):
        off = any(_BIAS in name and isinstance(v, Const) and not v.value for name, v in value.kwargs.items())
        return not off and _has_bias_on(value.func)
    if isinstance(value, Class):
        bases = [base for base in value.mro or () if isinstance(base, Class)]
        return any(_has_bias_on(base.members["__init__"]) for base in bases if "__init__" in base.members)
    if not isinstance(value, Function) or isinstance(value.node, ir.Lambda):
        return False
    return any(
        # None leaves it to the function, which goes by its norm.
        _BIAS in param.name and not (isinstance(param.default, ir.Const) and not param.default.value)
        for param in value.node.params
    )


def _is_switched_off(call: ast.Call) -> bool:
    return any(keyword.arg in ("bias", "use_bias") and _is_false(keyword.value) for keyword in call.keywords)


def _is_false(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is False
