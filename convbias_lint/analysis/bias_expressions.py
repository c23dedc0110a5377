"""Expressions, tried on one layer without a bias: which of them fail with None?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Optional

import libcst as cst

from convbias_lint.analysis.bias_trial import Trial
from convbias_lint.analysis.bias_values import (
    NONE,
    PRESENT,
    UNSURE,
    Func,
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


def evaluate(t: Trial, node: Any) -> Value:
    """The value of an expression; what fails on the way is noted."""
    t.step()
    known = _EXPRESSIONS.get(type(node))
    if known is not None:
        return known(t, node)
    for child in node.children:
        _parts(t, child)
    return UNSURE


def _parts(t: Trial, node: Any) -> None:
    """Evaluate the expressions in a node that is none itself (an element, a slice)."""
    if isinstance(node, cst.BaseExpression):
        evaluate(t, node)
    elif not isinstance(node, (cst.BaseParenthesizableWhitespace, cst.Comment)):
        for child in node.children:
            _parts(t, child)


def truth(t: Trial, node: Any) -> Optional[bool]:
    """Whether a condition holds for the layer; None where that is open."""
    return truth_of(evaluate(t, node))


def truth_of(value: Value) -> Optional[bool]:
    if isinstance(value, Known):
        return bool(value.constant)
    if isinstance(value, Missing):
        return False
    if isinstance(value, (Subject, Model, Type, Func)):
        return True
    if isinstance(value, Items):
        return bool(value.values)
    return None


def _name(t: Trial, node: cst.Name) -> Value:
    value = t.env.get(node.value)
    if value is not None:
        return value
    if node.value in _CONSTANTS:
        return Known(_CONSTANTS[node.value])
    return t.named(node)


_CONSTANTS = {"None": None, "True": True, "False": False}


def _attribute(t: Trial, node: cst.Attribute) -> Value:
    base = evaluate(t, node.value)
    name = node.attr.value
    if isinstance(base, Missing):
        t.fails(node.value, base.sure)
        return UNSURE
    if isinstance(base, Subject):
        return _of_layer(t, base, name)
    if isinstance(base, (Model, Part)):
        return t.member(base, name)
    if isinstance(base, Type) and name == "__name__":
        return Known(base.name.rsplit(".", 1)[-1]) if base.name else UNSURE
    if base is UNSURE or isinstance(base, Type):
        return t.named(node)
    return UNSURE


def _of_layer(t: Trial, layer: Subject, name: str) -> Value:
    if name == "bias":
        return t.env.get(".bias", Missing(layer.sure))
    if name == "weight":
        return PRESENT
    if name == "__class__":
        return Type(t.target.layer)
    # Where it is not sure what the variable is, it may be a model that holds the layer.
    return Subject(False) if not layer.sure and t.target.is_last(name) else UNSURE


def _subscript(t: Trial, node: cst.Subscript) -> Value:
    base = evaluate(t, node.value)
    for element in node.slice:
        _parts(t, element)
    if isinstance(base, Missing):
        t.fails(node.value, base.sure)
    if isinstance(base, Part):
        index = node.slice[0].slice
        if len(node.slice) == 1 and isinstance(index, cst.Index):
            key = evaluate(t, index.value)
            if isinstance(key, Known) and isinstance(key.constant, (int, str)):
                return t.member(base, str(key.constant))
        return t.some_child(base)
    if isinstance(base, Subject) and not base.sure:
        return base
    return UNSURE


# -- calls ------------------------------------------------------------------------------------------


def _call(t: Trial, node: cst.Call) -> Value:
    func = node.func
    if isinstance(func, cst.Name) and func.value not in t.env:
        known = _FUNCTIONS.get(func.value)
        if known is not None and node.args:
            return known(t, [evaluate(t, arg.value) for arg in node.args], node)
    if isinstance(func, cst.Attribute):
        base = evaluate(t, func.value)
        if isinstance(base, Missing):
            t.fails(func.value, base.sure)
        method = _method(t, node, base, func.attr.value)
        if method is not None:
            return method
    callee = evaluate(t, func)
    values = [evaluate(t, arg.value) for arg in node.args]
    if id(node) in t.target.births:
        t.born = True
        if t.target.is_built_by(node):
            return Subject(True)
    if isinstance(callee, Func):
        return t.inline(callee, node, values)
    return _unknown(t, node, values)


def _unknown(t: Trial, node: cst.Call, values: list[Value]) -> Value:
    """A call of what is not in the file."""
    qualified = t.names.qualified(node.func) or ""
    if qualified.startswith("torch.nn.init.") and qualified != "torch.nn.init.calculate_gain":
        for place, (arg, value) in enumerate(zip(node.args, values)):
            if isinstance(value, Missing):
                tensor = (
                    arg.keyword.value == "tensor" if arg.keyword is not None else place == 0 and not arg.star
                )
                t.fails(arg.value, value.sure and tensor)
        return UNSURE
    if not qualified.startswith(_TAKE_NONE):
        for arg, value in zip(node.args, values):
            if isinstance(value, Missing):
                t.fails(arg.value, False)
    if qualified.endswith("DataParallel") and values:
        return values[0]
    return t.built(node)


def _method(t: Trial, node: cst.Call, base: Value, name: str) -> Optional[Value]:
    """Methods that are known: of models, of layers, of texts; None for any other."""
    if isinstance(base, Known) and isinstance(base.constant, str) and name in _TEXT_METHODS:
        values = [evaluate(t, arg.value) for arg in node.args]
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
    if name == "apply" and len(node.args) == 1 and not isinstance(base, Missing):
        _apply(t, node, base)
        return base
    if (
        name in _SAME_MODEL
        and isinstance(base, (Model, Part, Subject))
        and t.names.qualified(node.func) is None
    ):
        for arg in node.args:
            evaluate(t, arg.value)
        return base
    if _is_super(base, node):
        return t.call_super(node, name)
    return None


def _is_super(base: Value, node: cst.Call) -> bool:
    inner = node.func.value if isinstance(node.func, cst.Attribute) else None
    return (
        base is UNSURE
        and isinstance(inner, cst.Call)
        and isinstance(inner.func, cst.Name)
        and inner.func.value == "super"
    )


def _apply(t: Trial, node: cst.Call, base: Value) -> None:
    """``model.apply(function)``: the function meets every layer of the model."""
    subject = t.walked(base, deep=True)
    function = node.args[0].value
    callee = evaluate(t, function)
    if isinstance(callee, Func) and subject is None:
        t.inlined.append(callee.node)  # it is seen what it is for: other layers
    elif isinstance(callee, Func) and subject is not None:
        t.inline(callee, node, [subject])
    elif isinstance(function, cst.Lambda) and subject is not None:
        names = [param.name.value for param in function.params.params]
        with t.scope({names[0]: subject} if names else {}):
            evaluate(t, function.body)


# -- functions of the language ------------------------------------------------------------------------


def _isinstance(t: Trial, values: list[Value], _node: cst.Call) -> Value:
    if len(values) != 2:
        return UNSURE
    value, classes = values
    if isinstance(value, Missing):
        return Known(False)
    if isinstance(value, Subject):
        known = t.target.is_a(classes)
        return UNSURE if known is None else Known(known)
    return UNSURE


def _hasattr(_t: Trial, values: list[Value], _node: cst.Call) -> Value:
    name = values[1] if len(values) == 2 else UNSURE
    if isinstance(values[0], Missing):
        return Known(False)
    if isinstance(values[0], Subject) and isinstance(name, Known) and name.constant in ("bias", "weight"):
        # The attribute is there, and None: this is no guard.
        return Known(True)
    return UNSURE


def _getattr(t: Trial, values: list[Value], node: cst.Call) -> Value:
    if len(values) < 2 or not isinstance(values[1], Known) or not isinstance(values[1].constant, str):
        return UNSURE
    if isinstance(values[0], Missing):
        if len(values) == 2:
            t.fails(node.args[0].value, values[0].sure)
        return values[2] if len(values) == 3 else UNSURE
    if isinstance(values[0], Subject):
        return _of_layer(t, values[0], values[1].constant)
    return t.member(values[0], values[1].constant) if isinstance(values[0], (Model, Part)) else UNSURE


def _type(t: Trial, values: list[Value], _node: cst.Call) -> Value:
    return Type(t.target.layer) if isinstance(values[0], Subject) else UNSURE


def _bool(_t: Trial, values: list[Value], _node: cst.Call) -> Value:
    decided = truth_of(values[0])
    return UNSURE if decided is None else Known(decided)


def _enumerate(_t: Trial, values: list[Value], _node: cst.Call) -> Value:
    value = values[0]
    return Walk(value.subject, True) if isinstance(value, Walk) and not value.pairs else UNSURE


def _iterated(_t: Trial, values: list[Value], _node: cst.Call) -> Value:
    return values[0]


def _nothing(_t: Trial, _values: list[Value], _node: cst.Call) -> Value:
    return UNSURE


_FUNCTIONS: dict[str, Callable[[Trial, list[Value], cst.Call], Value]] = {
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


# -- operators ----------------------------------------------------------------------------------------


def _comparison(t: Trial, node: cst.Comparison) -> Value:
    left = evaluate(t, node.left)
    rights = [evaluate(t, target.comparator) for target in node.comparisons]
    if len(rights) != 1:
        return UNSURE
    operator, right = node.comparisons[0].operator, rights[0]
    if isinstance(operator, (cst.In, cst.NotIn)):
        held = _contains(left, right)
    elif isinstance(operator, (cst.Is, cst.Equal, cst.IsNot, cst.NotEqual)):
        held = _equal(left, right)
    else:
        order = _ORDER.get(type(operator))
        numbers = isinstance(left, Known) and isinstance(right, Known)
        try:
            return Known(order(left.constant, right.constant)) if order and numbers else UNSURE  # type: ignore
        except TypeError:
            return UNSURE
    if held is None:
        return UNSURE
    return Known(held is not isinstance(operator, (cst.IsNot, cst.NotEqual, cst.NotIn)))


_ORDER: dict[type, Callable[[Any, Any], bool]] = {
    cst.LessThan: lambda a, b: a < b,
    cst.LessThanEqual: lambda a, b: a <= b,
    cst.GreaterThan: lambda a, b: a > b,
    cst.GreaterThanEqual: lambda a, b: a >= b,
}


def _equal(left: Value, right: Value) -> Optional[bool]:
    left = NONE if isinstance(left, Missing) else left
    right = NONE if isinstance(right, Missing) else right
    if isinstance(left, Known) and isinstance(right, Known):
        return bool(left.constant == right.constant)
    if isinstance(left, Type) and isinstance(right, Type):
        return left.name == right.name
    for one, other in ((left, right), (right, left)):
        if one == NONE and isinstance(other, (Subject, Present, Type, Model, Part, Func)):
            return False
    return None


def _contains(item: Value, items: Value) -> Optional[bool]:
    if isinstance(items, Items):
        answers = [_equal(item, value) for value in items.values]
        return True if True in answers else None if None in answers else False
    if isinstance(items, Known) and isinstance(item, Known):
        if isinstance(items.constant, str) and isinstance(item.constant, str):
            return item.constant in items.constant
    return None


def _boolean(t: Trial, node: cst.BooleanOperation) -> Value:
    left = evaluate(t, node.left)
    decided = truth_of(left)
    ends = isinstance(node.operator, cst.Or)
    if decided is ends:
        return left
    if decided is not None:
        return evaluate(t, node.right)
    with t.doubt():
        right = truth_of(evaluate(t, node.right))
    return Known(ends) if right is ends else UNSURE


def _unary(t: Trial, node: cst.UnaryOperation) -> Value:
    value = evaluate(t, node.expression)
    if isinstance(node.operator, cst.Not):
        decided = truth_of(value)
        return UNSURE if decided is None else Known(not decided)
    if isinstance(node.operator, cst.Minus) and isinstance(value, Known) and isinstance(value.constant, int):
        return Known(-value.constant)
    if isinstance(value, Missing):
        t.fails(node.expression, value.sure)
    return UNSURE


def _binary(t: Trial, node: cst.BinaryOperation) -> Value:
    left, right = evaluate(t, node.left), evaluate(t, node.right)
    if isinstance(left, (Type, Items)) and isinstance(right, (Type, Items)):
        if isinstance(node.operator, (cst.BitOr, cst.Add)):  # classes: A | B, (A, B) + (C,)
            parts = [value.values if isinstance(value, Items) else (value,) for value in (left, right)]
            return Items((*parts[0], *parts[1]))
    if not isinstance(node.operator, cst.Modulo):
        for side, value in ((node.left, left), (node.right, right)):
            if isinstance(value, Missing):
                t.fails(side, value.sure)
    return UNSURE


def _conditional(t: Trial, node: cst.IfExp) -> Value:
    decided = truth(t, node.test)
    if decided is not None:
        return evaluate(t, node.body if decided else node.orelse)
    with t.doubt():
        evaluate(t, node.body)
        evaluate(t, node.orelse)
    return UNSURE


def _display(t: Trial, node: Any) -> Value:
    values = tuple(evaluate(t, element.value) for element in node.elements)
    return UNSURE if any(isinstance(e, cst.StarredElement) for e in node.elements) else Items(values)


def _literal(_t: Trial, node: Any) -> Value:
    try:
        return Known(ast.literal_eval(node.value))
    except (ValueError, SyntaxError):
        return UNSURE


def _walrus(t: Trial, node: cst.NamedExpr) -> Value:
    value = evaluate(t, node.value)
    if isinstance(node.target, cst.Name):
        t.env[node.target.value] = value
    return value


def _comprehension(t: Trial, node: Any) -> Value:
    """Run once, in doubt, with its variables open or standing for the layer."""
    with t.scope(dict(t.env)), t.doubt():
        clause: Optional[cst.CompFor] = node.for_in
        while clause is not None:
            t.bind_loop(clause.target, evaluate(t, clause.iter))
            if any(truth(t, condition.test) is False for condition in clause.ifs):
                return UNSURE
            clause = clause.inner_for_in
        for element in (node.key, node.value) if isinstance(node, cst.DictComp) else (node.elt,):
            evaluate(t, element)
    return UNSURE


def _lambda(t: Trial, node: cst.Lambda) -> Value:
    hidden = {param.name.value: UNSURE for param in node.params.params}
    with t.scope({**t.env, **hidden}), t.doubt():
        evaluate(t, node.body)
    return UNSURE


_EXPRESSIONS: dict[type, Callable[[Trial, Any], Value]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.Call: _call,
    cst.Comparison: _comparison,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.BinaryOperation: _binary,
    cst.IfExp: _conditional,
    cst.Tuple: _display,
    cst.List: _display,
    cst.Set: _display,
    cst.Integer: _literal,
    cst.Float: _literal,
    cst.SimpleString: _literal,
    cst.NamedExpr: _walrus,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.DictComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.Lambda: _lambda,
}
