"""Expressions, tried on one layer without a bias: which of them fail with None?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Optional

import libcst as cst

from convbias_lint.analysis.bias_calls import call, of_layer
from convbias_lint.analysis.bias_trial import Trial
from convbias_lint.analysis.bias_values import (
    NONE,
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
    truth_of,
)
from convbias_lint.analysis.nodes import children


def evaluate(t: Trial, node: Any) -> Value:
    """The value of an expression; what fails on the way is noted."""
    t.step()
    known = _EXPRESSIONS.get(type(node))
    if known is not None:
        return known(t, node)
    for child in children(node):
        _parts(t, child)
    return UNSURE


def _parts(t: Trial, node: Any) -> None:
    """Evaluate the expressions in a node that is none itself (an element, a slice)."""
    if isinstance(node, cst.BaseExpression):
        evaluate(t, node)
    elif not isinstance(node, (cst.BaseParenthesizableWhitespace, cst.Comment)):
        for child in children(node):
            _parts(t, child)


def truth(t: Trial, node: Any) -> Optional[bool]:
    """Whether a condition holds for the layer; None where that is open."""
    return truth_of(evaluate(t, node))


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
        return of_layer(t, base, name)
    if isinstance(base, (Model, Part)):
        return t.member(base, name)
    if isinstance(base, Type) and name == "__name__":
        return Known(base.name.rsplit(".", 1)[-1]) if base.name else UNSURE
    if base is UNSURE or isinstance(base, Type):
        return t.named(node)
    return UNSURE


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
    texts = [value.constant for value in (item, items) if isinstance(value, Known)]
    if len(texts) == 2 and isinstance(texts[0], str) and isinstance(texts[1], str):
        return texts[0] in texts[1]
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
    joins = isinstance(node.operator, (cst.BitOr, cst.Add))  # classes: A | B, (A, B) + (C,)
    if joins and isinstance(left, (Type, Items)) and isinstance(right, (Type, Items)):
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
    cst.Call: call,
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
