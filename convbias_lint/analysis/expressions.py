"""Evaluating expressions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Optional

from convbias_lint.analysis import indexing, ir
from convbias_lint.analysis.arithmetic import elementwise
from convbias_lint.analysis.conditions import compare, negated, truth
from convbias_lint.analysis.flow import Flow
from convbias_lint.analysis.kept import defined
from convbias_lint.analysis.layer import CallSite, Step
from convbias_lint.analysis.lengths import items_of
from convbias_lint.analysis.machine import Arguments, Machine, Scope
from convbias_lint.analysis.mutations import assign_item
from convbias_lint.analysis.operators import binary
from convbias_lint.analysis.presence import may_be_absent, unsettle, update
from convbias_lint.analysis.state import OPEN, Dead
from convbias_lint.analysis.statements import iterate
from convbias_lint.analysis.texts import joined
from convbias_lint.analysis.values import (
    FALSE,
    NONE,
    UNKNOWN,
    Choice,
    Const,
    Dict,
    Function,
    List,
    Method,
    Parameter,
    Segment,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.analysis.views import is_view, view_item


def _constant(m: Machine, node: ir.Const, scope: Scope) -> Value:
    value: Optional[Value] = node.known
    if value is None:
        value = node.known = NONE if node.value is None else Const(node.value)
    return value


def _name(m: Machine, node: ir.Name, scope: Scope) -> Value:
    value = scope.vars.get(node.id)
    if value is None:
        value = m.lookup(node.id, scope)
    return m.state.resolve(value) if type(value) in OPEN else value


def _attr(m: Machine, node: ir.Attr, scope: Scope) -> Value:
    obj = m.evaluate(node.obj, scope)
    if type(obj) in OPEN:
        return m.state.lift(obj, lambda side: m.attribute(side, node.name))
    return m.attribute(obj, node.name)


def _call(m: Machine, node: ir.Call, scope: Scope) -> Value:
    function = m.evaluate(node.func, scope)
    return m.call(function, arguments_of(m, node.args, scope), CallSite(node, scope.file, scope))


def arguments_of(m: Machine, args: Any, scope: Scope) -> Arguments:
    """The evaluated arguments of a call."""
    arguments = Arguments()
    for arg in args:
        value = m.evaluate(arg.value, scope)
        if arg.kind == "*":
            _add_star(m, arguments, value)
        elif arg.kind == "**":
            _add_double_star(m, arguments, value)
        elif arg.name is not None:
            arguments.keywords[arg.name] = value
            arguments.names[arg.name] = arg.value
        else:
            arguments.positional.append(value)
            arguments.expressions.append(arg.value)
    return arguments


def _add_star(m: Machine, arguments: Arguments, value: Value) -> None:
    items = items_of(m, value)
    if items is None:
        m.use(value, "*")
        if arguments.open_at is None:
            arguments.open_at = len(arguments.positional)
        arguments.open_positions = True
    else:
        arguments.positional.extend(items)
        arguments.expressions.extend([None] * len(items))
        if any(isinstance(item, Segment) for item in items):
            arguments.open_positions = True


def _add_double_star(m: Machine, arguments: Arguments, value: Value) -> None:
    value = m.state.resolve(value)
    if not isinstance(value, Dict):
        m.use(value, "**")
        arguments.open_keywords = arguments.given = True
        return
    arguments.open_keywords |= value.open
    arguments.given |= value.given
    for key, item in value.state.items():
        if not isinstance(key, str):
            continue
        if isinstance(item, Choice) and may_be_absent(item):
            # Present in some configurations only: whoever is called sees a value it may not have got.
            arguments.open_keywords = True
        else:
            try:
                arguments.keywords[key] = m.state.resolve(item)
            except Dead:
                continue  # deleted from the dict


def _sequence(m: Machine, node: ir.Display, scope: Scope) -> Value:
    items: list[Any] = []
    for item in node.items:
        if isinstance(item, ir.Starred):
            value = m.evaluate(item.value, scope)
            inner = indexing.iteration_items(m, value)
            items.extend(inner)
        else:
            items.append(m.evaluate(item, scope))
    return Tuple(items) if node.kind == "tuple" else List(items)


def _dict(m: Machine, node: ir.Dict, scope: Scope) -> Value:
    result = Dict()
    for key_node, value_node in node.pairs:
        value = m.evaluate(value_node, scope)
        if key_node is None:
            if not isinstance(value, Dict) or value.open:
                unsettle(m, result.state)
            if isinstance(value, Dict):
                update(m, result, value, fresh=True)
            else:
                m.use(value, "**")
                result.open = result.given = True
            continue
        assign_item(m, result, m.evaluate(key_node, scope), value)
    return result


def _binary(m: Machine, node: ir.Binary, scope: Scope) -> Value:
    left = m.evaluate(node.left, scope)
    right = m.evaluate(node.right, scope)
    return binary(m, node.op, left, right, Step(node.op, scope.file, node.syntax))


def _unary(m: Machine, node: ir.Unary, scope: Scope) -> Value:
    value = m.evaluate(node.value, scope)
    if node.op == "not":
        return negated(truth(m, value))

    def apply(side: Value) -> Value:
        if isinstance(side, Const) and isinstance(side.value, (int, float)):
            return Const(-side.value if node.op == "-" else side.value) if node.op in "+-" else UNKNOWN
        if isinstance(side, Symbol):
            return Symbol(("unary", node.op, side.key), node.op)
        if isinstance(side, Tensor) and node.op == "-":
            return elementwise(m, "*", side, Const(-1), Step("-", None, None)) or UNKNOWN
        if isinstance(side, Parameter):
            m.use(side, f"`{node.op}`")
            return Parameter(None, side.dims)
        m.use(side, f"`{node.op}`")
        return UNKNOWN

    return m.state.lift(value, apply)


def _boolean(m: Machine, node: ir.Boolean, scope: Scope) -> Value:
    left = m.evaluate(node.left, scope)

    def decide(held: Value) -> Value:
        go_on = bool(held.value) == (node.op == "and") if isinstance(held, Const) else True
        return m.evaluate(node.right, scope) if go_on else m.state.resolve(left)

    return m.state.lift(truth(m, left), decide)


def _both(held: Value, this: Value) -> Value:
    """``held and this``, of truth values."""
    return this if isinstance(held, Const) and held.value else FALSE


def _compare(m: Machine, node: ir.Compare, scope: Scope) -> Value:
    left = m.evaluate(node.left, scope)
    result: Optional[Value] = None
    for op, operand in node.rest:
        right = m.evaluate(operand, scope)
        this = compare(m, op, left, right)
        if result is None:
            result = this
        else:
            result = m.state.lift(result, lambda held: _both(held, this))
        left = right
    return m.state.resolve(result) if result is not None else UNKNOWN


def _if_expression(m: Machine, node: ir.IfExp, scope: Scope) -> Value:
    test = truth(m, m.evaluate(node.test, scope))
    return m.state.lift(
        test,
        lambda held: m.evaluate(node.body if isinstance(held, Const) and held.value else node.orelse, scope),
    )


def _comprehension(m: Machine, node: ir.Comprehension, scope: Scope) -> Value:
    inner = Scope(scope.file, scope, scope.frame, scope.owner)
    if node.kind == "list" and len(node.generators) == 1:
        target, iterable, tests = node.generators[0]
        if isinstance(target, ir.Name) and target.id == "_" and not tests:
            alike = _alike(m, node.element, indexing.iteration_items(m, m.evaluate(iterable, inner)), inner)
            if alike is not None:
                return alike
    out = Dict() if node.kind == "dict" else List(())
    _run_clauses(m, node, 0, inner, out)
    m.state.leave(inner.vars)
    return out


def _run_clauses(m: Machine, node: ir.Comprehension, depth: int, scope: Scope, out: Dict | List) -> Flow:
    """Run the clauses ``for … if …`` of a comprehension from one on, inside of those before it."""
    if depth == len(node.generators):
        value = m.evaluate(node.element, scope)
        if isinstance(out, List):
            indexing.append(m, out, value)
            return None
        key = m.evaluate(node.key, scope) if node.key is not None else UNKNOWN
        if isinstance(key, Const) and indexing.hashable(key.value):
            m.state.write(out.state, key.value, value)
        else:
            assign_item(m, out, key, value)
        return None
    target, iterable, tests = node.generators[depth]

    def body(item: Value) -> Flow:
        m.assign(target, item, scope)
        return _where(m, tests, scope, lambda: _run_clauses(m, node, depth + 1, scope, out))

    return iterate(m, indexing.iteration_items(m, m.evaluate(iterable, scope)), body)


def _where(m: Machine, tests: Sequence[ir.Expr], scope: Scope, inside: Callable[[], Flow]) -> Flow:
    """Run what is inside where all of some conditions hold."""
    if not tests:
        return inside()
    return m.state.lift(
        truth(m, m.evaluate(tests[0], scope)),
        lambda side: _where(m, tests[1:], scope, inside) if isinstance(side, Const) and side.value else None,
        lambda atom, one, other: None,
    )


def _alike(m: Machine, element: ir.Expr, rounds: tuple[Any, ...], scope: Scope) -> Optional[Value]:
    """``[Block(8) for _ in range(20)]``: first, last, and one in between that stands for all those."""
    if len(rounds) <= 4 or any(isinstance(item, Segment) for item in rounds):
        return None
    first, middle, last = (m.evaluate(element, scope) for _ in range(3))
    return List((first, *([middle] * (len(rounds) - 2)), last))


def _walrus(m: Machine, node: ir.Walrus, scope: Scope) -> Value:
    value = m.evaluate(node.value, scope)
    # In a comprehension the name is one of the function around it.
    while scope.parent is not None and scope.frame is not None and scope.parent.frame is scope.frame:
        scope = scope.parent
    m.assign(node.target, value, scope)
    return value


def _text(m: Machine, node: ir.Text, scope: Scope) -> Value:
    return joined([m.evaluate(part, scope) for part in node.parts])


def _opaque(m: Machine, node: ir.Opaque, scope: Scope) -> Value:
    for part in node.parts:
        m.use(m.evaluate(part, scope), "an expression that is not followed")
    return UNKNOWN


def _yield(m: Machine, node: ir.Yield, scope: Scope) -> Value:
    if scope.frame is not None:
        scope.frame.generates = True
    if node.value is not None:
        m.use(m.evaluate(node.value, scope), "yield")
    return UNKNOWN


def _slice(m: Machine, node: ir.Slice, scope: Scope) -> Value:
    return UNKNOWN


def _subscript(m: Machine, node: ir.Subscript, scope: Scope) -> Value:
    obj = m.evaluate(node.obj, scope)
    if isinstance(obj, Method) and is_view(obj):
        return m.state.lift(m.evaluate(node.index, scope), lambda index: view_item(m, obj, index))
    return m.state.lift(obj, lambda value: indexing.subscript(m, value, node.index, scope))


EVALUATE: dict[type, Callable[[Machine, Any, Scope], Value]] = {
    ir.Const: _constant,
    ir.Name: _name,
    ir.Attr: _attr,
    ir.Call: _call,
    ir.Subscript: _subscript,
    ir.Slice: _slice,
    ir.Display: _sequence,
    ir.Dict: _dict,
    ir.Binary: _binary,
    ir.Unary: _unary,
    ir.Boolean: _boolean,
    ir.Compare: _compare,
    ir.IfExp: _if_expression,
    ir.Lambda: lambda m, node, scope: defined(m, Function(node, scope)),
    ir.Comprehension: _comprehension,
    ir.Starred: lambda m, node, scope: m.evaluate(node.value, scope),
    ir.Walrus: _walrus,
    ir.Text: _text,
    ir.Opaque: _opaque,
    ir.Yield: _yield,
}
