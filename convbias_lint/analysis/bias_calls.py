"""Calls, tried on one layer without a bias."""

from __future__ import annotations

import ast
import builtins
from typing import Optional

from convbias_lint.analysis.bias_attributes import is_layer
from convbias_lint.analysis.bias_functions import FUNCTIONS
from convbias_lint.analysis.bias_names import positional
from convbias_lint.analysis.bias_trial import Trial, arguments
from convbias_lint.analysis.bias_values import (
    ANY,
    AROUND,
    PRESENT,
    UNSURE,
    Around,
    Func,
    Items,
    Known,
    Missing,
    Model,
    Part,
    Present,
    Subject,
    Value,
    Walk,
    has_missing,
    may_hold,
)
from convbias_lint.analysis.nodes import last_name

_TAKE_NONE = ("torch.is_tensor", "torch.nn.Module.", "warnings.", "logging.")
"""Functions of PyTorch and others that take None as well as anything."""
_TAKE_NO_BIAS = ("torch.nn.functional.", "torch.conv")
"""Functions that take None for a bias, which comes behind what they work on."""
_SAME_MODEL = frozenset(
    ("to", "cuda", "cpu", "train", "eval", "half", "float", "double", "requires_grad_", "compile")
)
"""Methods of a model that give the model itself."""
_MUTATORS = frozenset(
    ("append", "extend", "insert", "add", "appendleft", "update", "setdefault", "add_module")
)
_BUILTINS = frozenset(dir(builtins))
_TEXT_METHODS = frozenset(("find", "startswith", "endswith", "lower", "upper", "count", "rfind"))


def call(t: Trial, node: ast.Call) -> Value:
    """The value of a call; what fails on the way is noted."""
    func = node.func
    t.calls.add(id(node))
    if isinstance(func, ast.Name) and func.id not in t.env:
        known = FUNCTIONS.get(func.id)
        if known is not None and (node.args or node.keywords):
            return known(t, _values(t, node), node)
    if isinstance(func, ast.Attribute):
        base = t.evaluate(func.value)
        if isinstance(base, Missing):
            t.fails(func.value, base.sure)
        method = _method(t, node, base, func.attr)
        if method is not None:
            return method
        if func.attr in _MUTATORS and isinstance(func.value, ast.Name) and isinstance(base, (Items, Around)):
            _mutate(t, node, func.value.id, base)
            return UNSURE
    callee = t.evaluate(func)
    values = _values(t, node)
    if id(node) in t.target.births:
        t.born = True
        if t.target.is_built_by(node):
            return Subject(True)
        if t.names.qualified(func) == t.target.layer:
            return ANY
    if isinstance(callee, Func):
        return t.inline(callee, node, values)
    if isinstance(callee, (Model, Items)):
        # What a model gives is no model.
        _unknown(t, node, values)
        return UNSURE
    return _unknown(t, node, values)


def _mutate(t: Trial, node: ast.Call, name: str, base: Value) -> None:
    """Something is put into a list or another container, ``base``, that the variable ``name`` holds."""
    values = _values(t, node)
    for (_, arg), value in zip(arguments(node), values):
        if has_missing(value):
            t.fails(arg, False)
    t.env[name] = AROUND if may_hold(base) or any(map(may_hold, values)) else UNSURE


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
    _hand_on(t, node, values, qualified)
    if qualified.endswith("DataParallel") and values:
        return values[0]
    if qualified in ("copy.deepcopy", "copy.copy") and len(values) == 1:
        return ANY if isinstance(values[0], Subject) else values[0]
    if qualified.startswith("torch."):
        return UNSURE if is_layer(qualified) else _of_torch(node, values, qualified.rsplit(".", 1)[-1])
    model = t.built(node)
    if model is not None:
        return model
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    builtin = name in _BUILTINS and not t.names.is_bound(name)
    return ANY if not builtin or any(map(may_hold, values)) else UNSURE


def _hand_on(t: Trial, node: ast.Call, values: list[Value], qualified: str) -> None:
    """What the unknown function may do with what it is given."""
    last = last_name(node.func)
    for place, ((keyword, arg), value) in enumerate(zip(arguments(node), values)):
        if isinstance(value, Func) and value.node not in t.inlined and id(value.node) in t.closures:
            with t.doubt():
                t.enter(value.node, None, ANY, False)
        if not has_missing(value) or qualified.startswith(_TAKE_NONE):
            continue
        if qualified.startswith(_TAKE_NO_BIAS) and (keyword or place > 1):
            continue
        # ``Linear(8, 8, bias=options.bias)``: whether there is to be one.
        option = isinstance(value, Missing) and not value.sure and last[:1].isupper()
        if not (option and (keyword == "bias" or qualified.startswith("torch.nn."))):
            t.fails(arg, False)


def _of_torch(node: ast.Call, values: list[Value], name: str) -> Value:
    """What a function or class of PyTorch gives, where it may hold the layer."""
    if not any(map(may_hold, values)):
        return UNSURE
    if name in ("Sequential", "ModuleList") and not node.keywords:
        if name == "ModuleList" and len(values) == 1 and isinstance(values[0], Items):
            return Items(values[0].values, module=True)
        # The only argument may be a dictionary.
        opened = isinstance(values[0], (Around, Walk)) or values[0] == ANY
        starred = any(isinstance(arg, ast.Starred) for arg in node.args)
        if name == "Sequential" and not starred and not (opened and len(values) == 1):
            return Items(tuple(values), module=True)
        return AROUND
    return ANY if any(isinstance(value, Subject) for value in values) else AROUND


def _method(t: Trial, node: ast.Call, base: Value, name: str) -> Optional[Value]:
    """Methods that are known: of models, of layers, of texts; None for any other."""
    if isinstance(base, Known) and isinstance(base.constant, str) and name in _TEXT_METHODS:
        values = _values(t, node)
        constants = [value.constant for value in values if isinstance(value, Known)]
        if len(constants) == len(values):
            try:
                return Known(getattr(base.constant, name)(*constants))
            except (TypeError, ValueError):
                return UNSURE
    if isinstance(base, Subject) and name in ("named_parameters", "state_dict"):
        return Present("parameters")
    if isinstance(base, Subject) and name == "parameters":
        return Items((PRESENT,))
    if name in ("parameters", "named_parameters", "state_dict") and t.walked(base, deep=True) is not None:
        return Present("all parameters")
    if isinstance(base, Subject) and name == "_get_name":
        return Known(t.target.layer.rsplit(".", 1)[-1])
    if name in ("modules", "named_modules", "children", "named_children"):
        found = t.walked(base, deep="modules" in name)
        if found is None and t.walked(base, deep=True) is None:
            return UNSURE
        # A child that is not the layer itself may hold it.
        return Walk(AROUND if found is None else found, name.startswith("named"))
    if name == "apply" and len(node.args) == 1 and not node.keywords and not isinstance(base, Missing):
        _apply(t, node, base)
        return base
    if (
        name in _SAME_MODEL
        and isinstance(base, (Model, Part, Subject, Around, Items))
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
