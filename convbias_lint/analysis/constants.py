"""Options told by the constants that callers pass: ``block(3, 64, normalize=False)``.

A function that is always called with constants never shows the evaluator an open condition.  What
tells its calls apart is then read from the parameters on which the function branches.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.conditions import constant_key
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.machine import Frame
from convbias_lint.analysis.nodes import children
from convbias_lint.analysis.options import Option
from convbias_lint.analysis.quotes import written
from convbias_lint.analysis.values import Const


def telling_constant(
    layers: list[LayerValue], level: int, condition: Callable[[LayerValue], Optional[Option]]
) -> Optional[Option]:
    """The parameter whose constants tell the redundant from the needed, among layers built at one call.

    The call stands at ``level`` of the layers' chains, in the function whose parameters are looked at.
    None unless both kinds are there and one parameter has other values for each.  ``condition`` is
    under which option a layer that is cancelled and used is redundant, if there is one.
    """
    further: set[str] = set()
    redundant: list[dict[str, object]] = []
    needed: list[dict[str, object]] = []
    for layer in layers:
        option = condition(layer) if layer.cancelled and layer.used else None
        if option is not None:
            further.add(option.redundant)
        side = needed if layer.used and option is None else redundant
        side.append(_constants(layer, level))
    if not redundant or not needed or len(further) > 1:
        return None
    names = set(redundant[0]).intersection(*redundant, *needed)
    for name in sorted(names):
        yes = {constant_key(constants[name]) for constants in redundant}
        no = {constant_key(constants[name]) for constants in needed}
        if not yes & no:
            option = _spelled(name, yes, no, layers[0].chain[level].scope.file.text)
            if option is not None:
                return Option(f"{option.redundant} and {further.pop()}", None) if further else option
    return None


def has_option(layer: LayerValue) -> bool:
    """Whether the function that builds a layer branches on a parameter for which a constant is passed."""
    return bool(_constants(layer, 0))


def _constants(layer: LayerValue, level: int) -> dict[str, object]:
    """The parameters on which the function around the layer's call branches, and their constants."""
    frame: Optional[Frame] = layer.chain[level].scope.frame
    if frame is None or frame.function is None:
        return {}
    node = frame.function.node
    values = {
        name: binding.value
        for name, binding in frame.bindings.items()
        if isinstance(binding.value, Const)
        and (binding.value.value is None or isinstance(binding.value.value, (bool, str)))
    }
    if not values or not isinstance(node, ir.FuncDef):
        return {}
    tested = _tested_names(node.syntax)
    return {
        name: _ANY if isinstance(value.value, str) and not tested[name] else value.value
        for name, value in values.items()
        if name in tested
    }


class _Any(str):
    """A string that a function asks no more of than whether it is there."""


_ANY = _Any()


def _spelled(name: str, yes: set[tuple[str, Any]], no: set[tuple[str, Any]], text: str) -> Optional[Option]:
    """The option that is one of ``yes``, in the style of the file with this ``text``."""
    if len(yes) == 1:
        kind, value = next(iter(yes))
        if kind == "bool" and all(other == "bool" for other, _ in no):
            return Option(name, f"not {name}") if value else Option(f"not {name}", name)
        if kind == "NoneType":
            return Option(f"{name} is None", f"{name} is not None")
        if kind == "str":
            constant = written(value, text)
            return Option(f"{name} == {constant}", f"{name} != {constant}")
    if no == {("NoneType", None)}:
        return Option(f"{name} is not None", f"{name} is None")
    return None


_tested: dict[int, tuple[Any, dict[str, bool]]] = {}


def forget() -> None:
    """Let go of the functions of a run."""
    _tested.clear()


def _tested_names(node: Any) -> dict[str, bool]:
    """The names that conditions in a function look at: are they compared with anything but None?"""
    known = _tested.get(id(node))
    if known is None or known[0] is not node:
        names: dict[str, bool] = {}
        kept: dict[str, str] = {}
        todo: list[tuple[Any, bool, bool]] = [(node, False, False)]
        while todo:
            current, inside, compared = todo.pop()
            if isinstance(current, ast.Assign) and isinstance(current.value, ast.Name):
                kept.update((_attribute(target), current.value.id) for target in current.targets)
            if inside and isinstance(current, ast.Name):
                names[current.id] = names.get(current.id, False) or compared
            elif inside and _attribute(current):
                names[_attribute(current)] = names.get(_attribute(current), False) or compared
            if isinstance(current, ast.Compare):
                compared = not all(_is_none(other) for other in current.comparators)
            elif isinstance(current, ast.Call):
                compared = True  # ``norm.startswith("b")``, ``isinstance(norm, str)``
            for child in children(current):
                begins = not inside and isinstance(current, (ast.If, ast.IfExp)) and child is current.test
                todo.append((child, inside or begins, compared and not begins))
        for attribute, name in kept.items():  # ``self.plain = plain``, and then ``if self.plain:``
            if attribute in names:
                names[name] = names.get(name, False) or names[attribute]
        known = _tested[id(node)] = (node, names)
    return known[1]


def _attribute(node: Any) -> str:
    """``self.name`` where a node is that, else nothing."""
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    return f"self.{node.attr}" if own else ""


def _is_none(node: Any) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
