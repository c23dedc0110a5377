"""What a run may still show once its model is built: running the model costs as much again.

A finding needs a call in the linted file that decides a bias, and a norm for the shift to meet; a norm
of another width needs two numbers that differ.  Where the layers that were built leave no room for
either, and the code that would run then builds no others, nothing can come of running it.
"""

from __future__ import annotations

import ast
from typing import Any

from convbias_lint.analysis import ir
from convbias_lint.analysis.channels import channels_of
from convbias_lint.analysis.classes import external_bases
from convbias_lint.analysis.heads import heads_of
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.nodes import FUNCTIONS, children
from convbias_lint.analysis.norms import may_cancel
from convbias_lint.analysis.outside import FOLDED, held_in
from convbias_lint.analysis.values import Class, Const
from convbias_lint.layers.rows import Effect
from convbias_lint.layers.torch import LAYERS


def is_candidate(layer: LayerValue, file: Any) -> bool:
    """Whether a call in ``file`` decides a bias that the layer may have."""
    if layer.row.bias is None or (isinstance(layer.bias, Const) and not layer.bias.value):
        return False
    if layer.origin.through_kwargs:
        return True
    return any(
        site.file is file and (level == 0 or layer.origin.at(level) is not None)
        for level, site in enumerate(layer.chain)
    )


class Prospects:
    """What the layers that a run has built so far may lead to, for findings in ``file``."""

    def __init__(self, m: Machine, file: Any, node: Any, watched: frozenset[str]) -> None:
        """``node`` is what is run; ``watched`` are the names of what code may build that would matter."""
        self._m = m
        self._file = file
        self._node = node
        self._watched = watched | _LAYERS
        self.mentioned: set[str] = set()
        """What the code that was not run yet names, once that was asked for."""

    def are_any(self, calls_norm: bool) -> bool:
        """Whether running the model may show anything.

        ``calls_norm``: its code may call a norm that is a mere function.
        """
        layers = self._m.layers
        if any(map(self._may_misfit, layers)) or _is_of_keras(self._m):
            return True
        normed = calls_norm or any(may_cancel(layer.row, layer.arguments) for layer in layers)
        candidates = [layer for layer in layers if normed and is_candidate(layer, self._file)]
        if candidates and not self._heads().issuperset(map(id, candidates)):
            return True
        return self._builds_more()

    def _heads(self) -> set[int]:
        """The ids of layers whose output the model gives back: no norm can come behind them."""
        heads: set[int] = set()
        others: set[int] = set()
        for instance in self._m.built:
            if not isinstance(instance.cls, Class):
                continue
            names: frozenset[str] = frozenset()
            if instance.cls.node is self._node:
                order = (base for base in instance.cls.mro or () if isinstance(base, Class))
                names = heads_of([base.node.syntax for base in order])
            for name, value in instance.state.items():
                parts = [part for part in held_in(value) if isinstance(part, LayerValue)]
                normed = any(part.row.effect is Effect.CANCELS for part in parts)
                (heads if name in names and not normed else others).update(map(id, parts))
        return heads - others

    def _may_misfit(self, norm: LayerValue) -> bool:
        """Whether a norm written in the file may get another number of channels than it is made for."""
        if norm.row.effect is not Effect.CANCELS or norm.chain[0].file is not self._file or norm.guard:
            return False
        wanted = channels_of(norm)
        return wanted is not None and any(
            layer.row.effect is Effect.INTRODUCES and channels_of(layer) not in (None, wanted)
            for layer in self._m.layers
        )

    def _builds_more(self) -> bool:
        """Whether methods that have not run yet may build layers of their own."""
        classes = {instance.cls for instance in self._m.built if isinstance(instance.cls, Class)}
        bases = {base for cls in classes for base in cls.mro or (cls,) if isinstance(base, Class)}
        for node in {*self._m.built_classes, *(base.node for base in bases)}:
            for statement in body_of(node):
                if (
                    isinstance(statement, ir.FuncDef)
                    and statement not in self._m.called
                    and not statement.name.startswith("__")
                    and not FOLDED.search(statement.name)
                ):
                    self.mentioned |= _names_used(statement.syntax)
        more = self._watched - {node.name for node in self._m.built_classes}
        return not more.isdisjoint(self.mentioned)


def _is_of_keras(m: Machine) -> bool:
    """Whether Keras is at work: its models may build layers when they are first called."""
    return any(layer.row.name.startswith("keras.") for layer in m.layers) or any(
        name.startswith("keras.") for instance in m.built for name in external_bases(instance.cls)
    )


def _names_used(function: ast.AST) -> set[str]:
    """The names in a function, but for what values are only compared with and the types of parameters."""
    names: set[str] = set()
    todo = [function]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            todo.append(node.value)
        elif isinstance(node, ast.AnnAssign):
            todo += [node.target, *([node.value] if node.value is not None else ())]
        elif isinstance(node, FUNCTIONS):
            todo += [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None), *node.body]
        elif not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ASKS):
            todo += children(node)
    return names


_ASKS = ("isinstance", "issubclass")

_LAYERS = frozenset(
    row.name.rsplit(".", 1)[-1] for row in LAYERS if row.effect in (Effect.CANCELS, Effect.INTRODUCES)
)
"""The names of the layers of PyTorch that a finding is about."""
