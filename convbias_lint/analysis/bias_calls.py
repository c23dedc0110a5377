"""Calls, tried on one layer without a bias."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Optional

from convbias_lint.analysis.bias_names import positional
from convbias_lint.analysis.bias_trial import Trial, arguments
from convbias_lint.analysis.bias_values import (
    PRESENT,
    UNSURE,
    Func,
    Known,
    Missing,
    Model,
    Part,
    Subject,
    Type,
    Value,
    Walk,
    truth_of,
)

_HARMLESS = frozenset(("print", "isinstance", "hasattr", "callable", "id", "repr", "str", "bool", "type"))
"""Functions that take None as well as anything."""
_TAKE_NONE = (
    "torch.nn.functional.",
    "torch.conv",
    "torch.is_tensor",
    "torch.nn.Module.",
    "warnings.",
    "logging.",
)
_SAME_MODEL = frozenset(
    (
        "to",
        "cuda",
        "cpu",
        "train",
        "eval",
        "half",
        "float",
        "double",
        "requires_grad_",
        "DataParallel",
        "compile",
    )
)
_TEXT_METHODS = frozenset(("find", "startswith", "endswith", "lower", "upper", "count", "rfind"))


def of_layer(t: Trial, layer: Subject, name: str) -> Value:
    """An attribute of the layer."""
    if name == "bias":
        return t.env.get(".bias", Missing(layer.sure))
    if name == "weight":
        return PRESENT
    if name == "__class__":
        return Type(t.target.layer)
    # Where it is not sure what the variable is, it may be a model that holds the layer.
    return Subject(False) if not layer.sure and t.target.is_last(name) else UNSURE


def call(t: Trial, node: ast.Call) -> Value:
    """The value of a call; what fails on the way is noted."""
    func = node.func
    if isinstance(func, ast.Name) and func.id not in t.env:
        known = _FUNCTIONS.get(func.id)
        if known is not None and (node.args or node.keywords):
            return known(t, _values(t, node), node)
    if isinstance(func, ast.Attribute):
        base = t.evaluate(func.value)
        if isinstance(base, Missing):
            t.fails(func.value, base.sure)
        method = _method(t, node, base, func.attr)
        if method is not None:
            return method
    callee = t.evaluate(func)
    values = _values(t, node)
    if id(node) in t.target.births:
        t.born = True
        if t.target.is_built_by(node):
            return Subject(True)
    if isinstance(callee, Func):
        return t.inline(callee, node, values)
    return _unknown(t, node, values)


def _values(t: Trial, node: ast.Call) -> list[Value]:
    return [t.evaluate(arg) for _, arg in arguments(node)]


def _unknown(t: Trial, node: ast.Call, values: list[Value]) -> Value:
    """A call of what is not in the file."""
    qualified = t.names.qualified(node.func) or ""
    if qualified.startswith("torch.nn.init.") and qualified != "torch.nn.init.calculate_gain":
        for place, ((keyword, arg), value) in enumerate(zip(arguments(node), values)):
            if isinstance(value, Missing):
                first = place == 0 and keyword == "" and not isinstance(arg, ast.Starred)
                t.fails(arg, value.sure and (first or keyword == "tensor"))
        return UNSURE
    if not qualified.startswith(_TAKE_NONE):
        for (_, arg), value in zip(arguments(node), values):
            if isinstance(value, Missing):
                t.fails(arg, False)
    if qualified.endswith("DataParallel") and values:
        return values[0]
    return t.built(node)


def _method(t: Trial, node: ast.Call, base: Value, name: str) -> Optional[Value]:
    """Methods that are known: of models, of layers, of texts; None for any other."""
    if isinstance(base, Known) and isinstance(base.constant, str) and name in _TEXT_METHODS:
        values = _values(t, node)
        if all(isinstance(value, Known) for value in values):
            try:
                return Known(getattr(base.constant, name)(*(value.constant for value in values)))  # type: ignore
            except (TypeError, ValueError):
                return UNSURE
    if isinstance(base, Subject) and name == "_get_name":
        return Known(t.target.layer.rsplit(".", 1)[-1])
    if name in ("modules", "named_modules", "children", "named_children"):
        found = t.walked(base, deep="modules" in name)
        return UNSURE if found is None else Walk(found, name.startswith("named"))
    if name == "apply" and len(node.args) == 1 and not node.keywords and not isinstance(base, Missing):
        _apply(t, node, base)
        return base
    if (
        name in _SAME_MODEL
        and isinstance(base, (Model, Part, Subject))
        and t.names.qualified(node.func) is None
    ):
        _values(t, node)
        return base
    if _is_super(base, node):
        return t.call_super(node, name)
    return None


def _is_super(base: Value, node: ast.Call) -> bool:
    inner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return (
        base is UNSURE
        and isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.func.id == "super"
    )


def _apply(t: Trial, node: ast.Call, base: Value) -> None:
    """``model.apply(function)``: the function meets every layer of the model."""
    subject = t.walked(base, deep=True)
    function = node.args[0]
    callee = t.evaluate(function)
    if isinstance(callee, Func) and subject is None:
        t.inlined.append(callee.node)  # it is seen what it is for: other layers
    elif isinstance(callee, Func) and subject is not None:
        t.inline(callee, node, [subject])
    elif isinstance(function, ast.Lambda) and subject is not None:
        names = positional(function)
        with t.scope({names[0]: subject} if names else {}):
            t.evaluate(function.body)


# -- functions of the language ------------------------------------------------------------------------


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
        return UNSURE
    if isinstance(values[0], Missing):
        if len(values) == 2:
            t.fails(node.args[0], values[0].sure)
        return values[2] if len(values) == 3 else UNSURE
    if isinstance(values[0], Subject):
        return of_layer(t, values[0], values[1].constant)
    return t.member(values[0], values[1].constant) if isinstance(values[0], (Model, Part)) else UNSURE


def _type(t: Trial, values: list[Value], _node: ast.Call) -> Value:
    return Type(t.target.layer) if isinstance(values[0], Subject) else UNSURE


def _bool(_t: Trial, values: list[Value], _node: ast.Call) -> Value:
    decided = truth_of(values[0])
    return UNSURE if decided is None else Known(decided)


def _enumerate(_t: Trial, values: list[Value], _node: ast.Call) -> Value:
    value = values[0]
    return Walk(value.subject, True) if isinstance(value, Walk) and not value.pairs else UNSURE


def _iterated(_t: Trial, values: list[Value], _node: ast.Call) -> Value:
    return values[0]


def _nothing(_t: Trial, _values: list[Value], _node: ast.Call) -> Value:
    return UNSURE


_FUNCTIONS: dict[str, Callable[[Trial, list[Value], ast.Call], Value]] = {
    "isinstance": _isinstance,
    "hasattr": _hasattr,
    "getattr": _getattr,
    "type": _type,
    "bool": _bool,
    "enumerate": _enumerate,
    "list": _iterated,
    "tuple": _iterated,
    "reversed": _iterated,
    **dict.fromkeys(_HARMLESS - {"isinstance", "hasattr", "type", "bool"}, _nothing),
}
