"""Expressions, tried on one layer without a bias: which of them fail with None?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Optional

from convbias_lint.analysis.bias_calls import call, of_layer
from convbias_lint.analysis.bias_names import positional
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
    if isinstance(node, ast.expr):
        evaluate(t, node)
    else:
        for child in children(node):
            _parts(t, child)


def truth(t: Trial, node: Any) -> Optional[bool]:
    """Whether a condition holds for the layer; None where that is open."""
    return truth_of(evaluate(t, node))


def _name(t: Trial, node: ast.Name) -> Value:
    value = t.env.get(node.id)
    return t.named(node) if value is None else value


def _attribute(t: Trial, node: ast.Attribute) -> Value:
    base = evaluate(t, node.value)
    name = node.attr
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


def _subscript(t: Trial, node: ast.Subscript) -> Value:
    base = evaluate(t, node.value)
    key = evaluate(t, node.slice)
    if isinstance(base, Missing):
        t.fails(node.value, base.sure)
    if isinstance(base, Part):
        if isinstance(key, Known) and isinstance(key.constant, (int, str)):
            return t.member(base, str(key.constant))
        return t.some_child(base)
    if isinstance(base, Subject) and not base.sure:
        return base
    return UNSURE


# -- operators ----------------------------------------------------------------------------------------


def _comparison(t: Trial, node: ast.Compare) -> Value:
    left = evaluate(t, node.left)
    rights = [evaluate(t, other) for other in node.comparators]
    if len(rights) != 1:
        return UNSURE
    operator, right = node.ops[0], rights[0]
    if isinstance(operator, (ast.In, ast.NotIn)):
        held = _contains(left, right)
    elif isinstance(operator, (ast.Is, ast.Eq, ast.IsNot, ast.NotEq)):
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
    return Known(held is not isinstance(operator, (ast.IsNot, ast.NotEq, ast.NotIn)))


_ORDER: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
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


def _boolean(t: Trial, node: ast.BoolOp) -> Value:
    ends = isinstance(node.op, ast.Or)
    value = evaluate(t, node.values[0])
    before = t.certain
    for other in node.values[1:]:
        decided = truth_of(value)
        if decided is ends:
            break
        t.certain = t.certain and decided is not None
        right = evaluate(t, other)
        value = right if decided is not None else Known(ends) if truth_of(right) is ends else UNSURE
    t.certain = before
    return value


def _unary(t: Trial, node: ast.UnaryOp) -> Value:
    value = evaluate(t, node.operand)
    if isinstance(node.op, ast.Not):
        decided = truth_of(value)
        return UNSURE if decided is None else Known(not decided)
    if isinstance(node.op, ast.USub) and isinstance(value, Known) and isinstance(value.constant, int):
        return Known(-value.constant)
    if isinstance(value, Missing):
        t.fails(node.operand, value.sure)
    return UNSURE


def _binary(t: Trial, node: ast.BinOp) -> Value:
    left, right = evaluate(t, node.left), evaluate(t, node.right)
    joins = isinstance(node.op, (ast.BitOr, ast.Add))  # classes: A | B, (A, B) + (C,)
    if joins and isinstance(left, (Type, Items)) and isinstance(right, (Type, Items)):
        parts = [value.values if isinstance(value, Items) else (value,) for value in (left, right)]
        return Items((*parts[0], *parts[1]))
    if not isinstance(node.op, ast.Mod):
        for side, value in ((node.left, left), (node.right, right)):
            if isinstance(value, Missing):
                t.fails(side, value.sure)
    return UNSURE


def _conditional(t: Trial, node: ast.IfExp) -> Value:
    decided = truth(t, node.test)
    if decided is not None:
        return evaluate(t, node.body if decided else node.orelse)
    with t.doubt():
        evaluate(t, node.body)
        evaluate(t, node.orelse)
    return UNSURE


def _display(t: Trial, node: Any) -> Value:
    values = tuple(evaluate(t, element) for element in node.elts)
    return UNSURE if any(isinstance(element, ast.Starred) for element in node.elts) else Items(values)


def _walrus(t: Trial, node: ast.NamedExpr) -> Value:
    value = evaluate(t, node.value)
    t.env[node.target.id] = value
    return value


def _comprehension(t: Trial, node: Any) -> Value:
    """Run once, in doubt, with its variables open or standing for the layer."""
    with t.scope(dict(t.env)), t.doubt():
        for clause in node.generators:
            t.bind_loop(clause.target, evaluate(t, clause.iter))
            if any(truth(t, condition) is False for condition in clause.ifs):
                return UNSURE
        for element in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            evaluate(t, element)
    return UNSURE


def _lambda(t: Trial, node: ast.Lambda) -> Value:
    hidden = dict.fromkeys(positional(node), UNSURE)
    with t.scope({**t.env, **hidden}), t.doubt():
        evaluate(t, node.body)
    return UNSURE


_EXPRESSIONS: dict[type, Callable[[Trial, Any], Value]] = {
    ast.Name: _name,
    ast.Constant: lambda _t, node: Known(node.value),
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Call: call,
    ast.Compare: _comparison,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.IfExp: _conditional,
    ast.Tuple: _display,
    ast.List: _display,
    ast.Set: _display,
    ast.Starred: lambda t, node: evaluate(t, node.value),
    ast.NamedExpr: _walrus,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Lambda: _lambda,
}
