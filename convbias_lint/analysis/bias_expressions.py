"""Expressions, tried on one layer without a bias: which of them fail with None?"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any, Optional

from convbias_lint.analysis.bias_calls import call
from convbias_lint.analysis.bias_functions import of_layer
from convbias_lint.analysis.bias_names import positional
from convbias_lint.analysis.bias_trial import Trial
from convbias_lint.analysis.bias_values import (
    ANY,
    AROUND,
    NONE,
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
    Type,
    Value,
    Walk,
    has_missing,
    holder,
    joined,
    may_hold,
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


def gone_through(t: Trial, node: ast.expr) -> Value:
    """The value of an expression that is gone through, item by item."""
    value = evaluate(t, node)
    if isinstance(value, Missing):
        t.fails(node, value.sure)
    return value


def run_defaults(t: Trial, arguments: ast.arguments) -> None:
    """What parameters are if they are not given, which is asked when the function is defined."""
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None and has_missing(evaluate(t, default)):
            t.fails(default, False)


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
    if isinstance(base, (Around, Items)):
        if name == "module":
            return base
        return t.inside(name) if may_hold(base) else UNSURE
    if isinstance(base, Walk):
        return ANY
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
            if not isinstance(key.constant, int) or key.constant >= 0:
                return t.member(base, str(key.constant))
        return t.some_child(base)
    if isinstance(base, Items):
        if isinstance(key, Known) and isinstance(key.constant, int):
            if -len(base.values) <= key.constant < len(base.values):
                held: Value = base.values[key.constant]
                return held
            t.fails(node, False)  # ``list(conv.parameters())[1]``
            return UNSURE
        return Missing(False) if has_missing(base) else ANY if may_hold(base) else UNSURE
    if base == Present("parameters"):
        return t.env.get(".bias", Missing(False)) if key == Known("bias") else UNSURE
    if base == Present("attributes"):
        return of_layer(t, Subject(False), str(key.constant)) if isinstance(key, Known) else ANY
    if isinstance(base, Subject) and base.sure:
        return UNSURE
    return ANY if may_hold(base) else UNSURE


# -- operators ----------------------------------------------------------------------------------------


def _comparison(t: Trial, node: ast.Compare) -> Value:
    left = evaluate(t, node.left)
    rights = [evaluate(t, other) for other in node.comparators]
    _compare_missing(t, node, [left, *rights])
    if len(rights) != 1:
        return UNSURE
    sign, right = node.ops[0], rights[0]
    if isinstance(sign, (ast.In, ast.NotIn)):
        held = _contains(left, right)
    elif isinstance(sign, (ast.Is, ast.Eq, ast.IsNot, ast.NotEq)):
        if Present("count") in (left, right):
            t.fails(node, False)  # ``len(list(model.parameters())) == 4``
        held = _equal(left, right)
    else:
        order = _ORDER.get(type(sign))
        if order is None or not isinstance(left, Known) or not isinstance(right, Known):
            return UNSURE
        try:
            return Known(order(left.constant, right.constant))
        except TypeError:
            return UNSURE
    if held is None:
        return UNSURE
    return Known(held is not isinstance(sign, (ast.IsNot, ast.NotEq, ast.NotIn)))


def _compare_missing(t: Trial, node: ast.Compare, values: list[Value]) -> None:
    """Note that None has no order and no items."""
    sides = list(zip((node.left, *node.comparators), values))
    for sign, before, behind in zip(node.ops, sides, sides[1:]):
        held = isinstance(sign, (ast.In, ast.NotIn))
        for side, value in (behind,) if held else (before, behind) if type(sign) in _ORDER else ():
            if isinstance(value, Missing):
                t.fails(side, value.sure)


_ORDER: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
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
            return None if other == ANY else False
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
        if decided is not None:
            value = right
        elif truth_of(right) is ends:
            value = Known(ends)
        else:
            value = holder(joined(value, right))
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
    return AROUND if may_hold(left) or may_hold(right) else UNSURE


def _conditional(t: Trial, node: ast.IfExp) -> Value:
    decided = truth(t, node.test)
    if decided is not None:
        return evaluate(t, node.body if decided else node.orelse)
    with t.doubt():
        return joined(evaluate(t, node.body), evaluate(t, node.orelse))


def _display(t: Trial, node: Any) -> Value:
    values = tuple(evaluate(t, element) for element in node.elts)
    if any(isinstance(element, ast.Starred) for element in node.elts):
        return AROUND if any(map(may_hold, values)) else UNSURE
    return Items(values)


def _dict(t: Trial, node: ast.Dict) -> Value:
    held = False
    for key, element in zip(node.keys, node.values):
        if key is not None:
            evaluate(t, key)
        value = evaluate(t, element)
        held = held or may_hold(value)
        if has_missing(value):
            t.fails(element, False)
    return AROUND if held else UNSURE


def _yield(t: Trial, node: Any) -> Value:
    value = UNSURE if node.value is None else evaluate(t, node.value)
    if has_missing(value):
        t.fails(node.value, False)
    t.results.append(holder(value))
    return UNSURE


def _walrus(t: Trial, node: ast.NamedExpr) -> Value:
    value = evaluate(t, node.value)
    t.env[node.target.id] = value
    return value


def _comprehension(t: Trial, node: Any) -> Value:
    """Run once, in doubt, with its variables open or standing for the layer."""
    held = False
    for itself in (True, False):
        with t.scope(dict(t.env)), t.doubt():
            held = _comprehended(t, node, itself) or held
    return AROUND if held else UNSURE


def _comprehended(t: Trial, node: Any, itself: bool) -> bool:
    """Whether what comes of it may hold the layer, where the variables are the layer or may hold it."""
    for clause in node.generators:
        iterable = gone_through(t, clause.iter)
        if itself:
            t.bind_loop(clause.target, iterable)
        else:
            t.forget(clause.target, AROUND if may_hold(iterable) else UNSURE)
        if any(truth(t, condition) is False for condition in clause.ifs):
            return False
    held = False
    for element in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
        value = evaluate(t, element)
        if has_missing(value):
            t.fails(element, False)
        held = held or (itself and may_hold(value))
    return held


def _lambda(t: Trial, node: ast.Lambda) -> Value:
    run_defaults(t, node.args)
    hidden = dict.fromkeys(positional(node), ANY)
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
    ast.Dict: _dict,
    ast.Yield: _yield,
    ast.Set: _display,
    ast.Starred: lambda t, node: gone_through(t, node.value),
    ast.NamedExpr: _walrus,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Lambda: _lambda,
}
