"""Built-in functions, tried on one layer without a bias, and what that layer is asked for."""

from __future__ import annotations

import ast
from collections.abc import Callable

from convbias_lint.analysis.bias_trial import Trial, arguments
from convbias_lint.analysis.bias_values import (
    ANY,
    AROUND,
    PRESENT,
    UNSURE,
    Items,
    Known,
    Missing,
    Model,
    Part,
    Present,
    Subject,
    Type,
    Value,
    Walk,
    has_missing,
    may_hold,
    truth_of,
)


def of_layer(t: Trial, layer: Subject, name: str) -> Value:
    """An attribute of the layer."""
    if name == "bias":
        return t.env.get(".bias", Missing(layer.sure))
    if name == "weight":
        return PRESENT
    if name == "__class__":
        return Type(t.target.layer)
    if name == "_parameters":
        return Present("parameters")
    if name == "__dict__":
        return Present("attributes")
    # Where it is not sure what the variable is, it may be a model that holds the layer.
    return UNSURE if layer.sure else t.inside(name)


def _isinstance(t: Trial, values: list[Value], _node: ast.Call) -> Value:
    if len(values) != 2:
        return UNSURE
    value, classes = values
    if isinstance(value, Missing):
        return Known(False)
    if isinstance(value, Subject):
        known = t.target.is_a(classes)
        return UNSURE if known is None else Known(known)
    return UNSURE


def _hasattr(_t: Trial, values: list[Value], _node: ast.Call) -> Value:
    name = values[1] if len(values) == 2 else UNSURE
    if isinstance(values[0], Missing):
        return Known(False)
    if isinstance(values[0], Subject) and isinstance(name, Known) and name.constant in ("bias", "weight"):
        # The attribute is there, and None: this is no guard.
        return Known(True)
    return UNSURE


def _getattr(t: Trial, values: list[Value], node: ast.Call) -> Value:
    if len(values) < 2 or not isinstance(values[1], Known) or not isinstance(values[1].constant, str):
        if isinstance(values[0], Subject) and values[0].sure and len(values) == 2:
            return Missing(False)  # ``for name in ("weight", "bias"): getattr(conv, name)``
        return ANY if may_hold(values[0]) else UNSURE
    if isinstance(values[0], Missing):
        if len(values) == 2:
            t.fails(node.args[0], values[0].sure)
        return values[2] if len(values) == 3 else UNSURE
    if isinstance(values[0], Subject):
        return of_layer(t, values[0], values[1].constant)
    if isinstance(values[0], (Model, Part)):
        return t.member(values[0], values[1].constant)
    return t.inside(values[1].constant) if may_hold(values[0]) else UNSURE


def _type(t: Trial, values: list[Value], _node: ast.Call) -> Value:
    return Type(t.target.layer) if isinstance(values[0], Subject) else UNSURE


def _bool(_t: Trial, values: list[Value], _node: ast.Call) -> Value:
    decided = truth_of(values[0])
    return UNSURE if decided is None else Known(decided)


def _enumerate(t: Trial, values: list[Value], node: ast.Call) -> Value:
    value = _gone_through(t, values, node)
    if isinstance(value, Walk):
        return AROUND if value.pairs else Walk(value.subject, True)
    found = t.iterated(value)
    return AROUND if may_hold(value) and found is None else UNSURE if found is None else Walk(found, True)


def _gone_through(t: Trial, values: list[Value], node: ast.Call) -> Value:
    if isinstance(values[0], Missing):
        t.fails(arguments(node)[0][1], values[0].sure)
    return values[0]


def _vars(t: Trial, values: list[Value], _node: ast.Call) -> Value:
    """``vars(conv)["_parameters"]["bias"]``"""
    if isinstance(values[0], Subject):
        return of_layer(t, values[0], "__dict__")
    return t.member(values[0], "__dict__") if isinstance(values[0], (Model, Part)) else UNSURE


def _len(t: Trial, values: list[Value], node: ast.Call) -> Value:
    """How many parameters there are: of the layer itself, one without the bias."""
    _gone_through(t, values, node)
    if values[0] == Items((PRESENT,)):
        return Known(1)
    return Present("count") if values[0] in (Present("parameters"), Present("all parameters")) else UNSURE


def _as_dict(t: Trial, values: list[Value], node: ast.Call) -> Value:
    for (_, arg), value in zip(arguments(node), values):
        if has_missing(value):
            t.fails(arg, False)
    if values and values[0] in (Present("parameters"), Present("all parameters")):
        return values[0]
    return ANY if any(map(may_hold, values)) else UNSURE


def _nothing(_t: Trial, _values: list[Value], _node: ast.Call) -> Value:
    """Of functions that take None as well as anything."""
    return UNSURE


FUNCTIONS: dict[str, Callable[[Trial, list[Value], ast.Call], Value]] = {
    "isinstance": _isinstance,
    "hasattr": _hasattr,
    "getattr": _getattr,
    "type": _type,
    "bool": _bool,
    "vars": _vars,
    "len": _len,
    "enumerate": _enumerate,
    "dict": _as_dict,
    "list": _gone_through,
    "tuple": _gone_through,
    "reversed": _gone_through,
    **dict.fromkeys(("print", "callable", "id", "repr", "str"), _nothing),
}
