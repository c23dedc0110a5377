"""Running statements: a block falls through, returns, breaks, or does this in some configurations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from convbias_lint.analysis import ir
from convbias_lint.analysis.conditions import compare, truth
from convbias_lint.analysis.flow import Flow, Leave, Split, go_on, merge_flows, without
from convbias_lint.analysis.kept import defined
from convbias_lint.analysis.machine import Arguments, Machine, Scope
from convbias_lint.analysis.mutations import delete_item
from convbias_lint.analysis.own_methods import has_own
from convbias_lint.analysis.rotation import longer, rounds_of
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.values import (
    NEVER,
    NONE,
    UNKNOWN,
    Const,
    External,
    Function,
    Instance,
    Method,
    Segment,
    Value,
)
from convbias_lint.analysis.views import delete_view_item, is_view, use_inside

MAX_ROUNDS = 64
"""How often a ``while`` that goes on as far as the analysis can see is run."""


_BREAK = Leave("break")
_CONTINUE = Leave("continue")


def run_block(m: Machine, statements: Sequence[ir.Stmt], scope: Scope) -> Flow:
    """Run statements in order until one leaves the block."""
    for index, statement in enumerate(statements):
        m.step()
        flow = _RUN[type(statement)](m, statement, scope)
        if isinstance(flow, Split):
            return go_on(m, flow, lambda: run_block(m, statements[index + 1 :], scope))
        if flow is not None:
            return flow
    return None


def iterate(m: Machine, items: tuple[Any, ...], body: Callable[[Value], Flow]) -> Flow:
    """Run ``body`` for each item; ends with a break where the loop was broken out of."""
    for index, item in enumerate(items):
        rest = items[index + 1 :]
        if isinstance(item, Segment):
            flow = m.state.branch(
                item.atom,
                lambda: iterate(m, item.yes, body),
                lambda: iterate(m, item.no, body),
                merge_flows(m),
            )
        else:
            flow = without(body(m.state.resolve(item)), "continue")
        if isinstance(flow, Split):
            return go_on(m, flow, lambda: iterate(m, rest, body))
        if flow is not None:
            return flow
    return None


def _expression(m: Machine, node: ir.ExprStmt, scope: Scope) -> Flow:
    m.discarded = node.value
    m.evaluate(node.value, scope)
    return None


def _assign(m: Machine, node: ir.Assign, scope: Scope) -> Flow:
    value = m.evaluate(node.value, scope)
    for target in node.targets:
        m.assign(target, value, scope)
    return None


def _augmented(m: Machine, node: ir.AugAssign, scope: Scope) -> Flow:
    m.augment(node, scope)
    return None


def _if(m: Machine, node: ir.If, scope: Scope) -> Flow:
    held = truth(m, m.evaluate(node.test, scope))
    return m.state.lift(
        held,
        lambda side: run_block(
            m, node.body if isinstance(side, Const) and side.value else node.orelse, scope
        ),
        merge_flows(m),
    )


def _for(m: Machine, node: ir.For, scope: Scope) -> Flow:
    def body(item: Value) -> Flow:
        m.assign(node.target, item, scope)
        return run_block(m, node.body, scope)

    flow = iterate(m, longer(m.items(m.evaluate(node.iter, scope)), rounds_of(node)), body)
    return _after(m, flow, node.orelse, scope)


def _after(m: Machine, flow: Flow, orelse: Sequence[ir.Stmt], scope: Scope) -> Flow:
    """How a loop is left: ``orelse`` is run where nobody broke out of it."""
    if not orelse:
        return without(flow, "break")
    if isinstance(flow, Split):
        return m.state.branch(
            flow.atom,
            lambda: _after(m, flow.yes, orelse, scope),
            lambda: _after(m, flow.no, orelse, scope),
            merge_flows(m),
        )
    return run_block(m, orelse, scope) if flow is None else without(flow, "break")


def _while(m: Machine, node: ir.While, scope: Scope) -> Flow:
    def rounds(number: int, open_rounds: int) -> Flow:
        held = truth(m, m.evaluate(node.test, scope))
        if isinstance(held, Const):
            if not held.value or number >= MAX_ROUNDS:
                return None
        elif open_rounds >= rounds_of(node):
            return None

        def body(side: Value) -> Flow:
            if not (isinstance(side, Const) and side.value):
                return None
            flow = without(run_block(m, node.body, scope), "continue")
            more = open_rounds if isinstance(held, Const) else open_rounds + 1
            return go_on(m, flow, lambda: rounds(number + 1, more))

        return m.state.lift(held, body, merge_flows(m))

    return _after(m, rounds(0, 0), node.orelse, scope)


def _with(m: Machine, node: ir.With, scope: Scope) -> Flow:
    for item, target in node.items:
        value = m.evaluate(item, scope)
        if has_own(m, value, "__enter__"):
            value = m.call(m.attribute(value, "__enter__"), Arguments(), None)
        if target is not None:
            m.assign(target, value if isinstance(value, Value) else UNKNOWN, scope)
    return _noting(m, node.seen, node.body, scope)


def _noting(m: Machine, names: frozenset[str], body: Sequence[ir.Stmt], scope: Scope) -> Flow:
    """Run statements that may be left half-way: what ``names`` hold between them may be read later."""
    frame = scope.frame
    if frame is None or not names or m.building:
        return run_block(m, body, scope)
    before, frame.names = frame.names, {**dict.fromkeys(names, "seen"), **frame.names}
    try:
        return run_block(m, body, scope)
    finally:
        frame.names = before


def _try(m: Machine, node: ir.Try, scope: Scope) -> Flow:
    """The body, or where it certainly fails the first handler that does not."""
    atom = m.state.fresh("try")
    if node.handlers:
        # While a model runs, what a handler gives back leaves it, too.
        flow = m.state.branch(
            atom,
            lambda: _noting(m, node.seen, [*node.body, *node.orelse], scope),
            lambda: _handlers(m, node.handlers, scope),
            merge_flows(m),
        )
        return go_on(m, flow, lambda: run_block(m, node.final, scope)) if node.final else flow
    bodies = [[*node.body, *node.orelse], *node.handlers]

    def attempt(index: int) -> Flow:
        if index + 1 >= len(bodies):
            return run_block(m, bodies[index], scope)
        try:
            # A failure part of the way takes back what was written before it.
            return m.state.branch(
                (*atom, index), lambda: run_block(m, bodies[index], scope), _dead, merge_flows(m)
            )
        except Dead:
            return attempt(index + 1)

    flow = attempt(0)
    return go_on(m, flow, lambda: run_block(m, node.final, scope)) if node.final else flow


def _handlers(m: Machine, handlers: Sequence[Sequence[ir.Stmt]], scope: Scope) -> Flow:
    """Any of the handlers."""
    if len(handlers) == 1:
        return run_block(m, handlers[0], scope)
    return m.state.branch(
        m.state.fresh("handler"),
        lambda: run_block(m, handlers[0], scope),
        lambda: _handlers(m, handlers[1:], scope),
        merge_flows(m),
    )


def _dead() -> Flow:
    raise Dead


def _match(m: Machine, node: ir.Match, scope: Scope) -> Flow:
    subject = m.evaluate(node.subject, scope)

    def case(index: int) -> Flow:
        if index == len(node.cases):
            return None
        this = node.cases[index]

        def taken() -> Flow:
            if this.names and not this.anything:
                use_inside(m, subject)  # a name may be bound to any part of it
            for name in this.names:
                m.assign(ir.Name(name), subject if this.anything else UNKNOWN, scope)
            return run_block(m, this.body, scope)

        if this.anything:
            return taken()
        if this.literal is None:
            return m.state.branch(m.state.fresh("case"), taken, lambda: case(index + 1), merge_flows(m))
        held = compare(m, "==", subject, m.evaluate(this.literal, scope))
        return m.state.lift(
            held,
            lambda side: taken() if isinstance(side, Const) and side.value else case(index + 1),
            merge_flows(m),
        )

    return case(0)


def _return(m: Machine, node: ir.Return, scope: Scope) -> Flow:
    return Leave("return", NONE if node.value is None else m.evaluate(node.value, scope))


def _raise(m: Machine, node: ir.Raise, scope: Scope) -> Flow:
    if node.value is not None and scope.frame is not None and not m.building:
        # Whoever catches it has what the exception was given.
        m.use(m.evaluate(node.value, scope), "an exception")
    raise Dead


def _assert(m: Machine, node: ir.Assert, scope: Scope) -> Flow:
    held = truth(m, m.evaluate(node.test, scope))

    def check(side: Value) -> Flow:
        if isinstance(side, Const) and not side.value:
            raise Dead
        return None

    return m.state.lift(held, check, merge_flows(m))


def _function(m: Machine, node: ir.FuncDef, scope: Scope) -> Flow:
    function = defined(m, Function(node, scope, scope.owner))
    m.assign(ir.Name(node.name), m.decorated(function, node.decorators, scope), scope)
    return None


def _class(m: Machine, node: ir.ClassDef, scope: Scope) -> Flow:
    replaced = bool(node.decorators) and m.is_replaced(node.decorators, scope)
    m.assign(ir.Name(node.name), UNKNOWN if replaced else m.make_class(node, scope), scope)
    return None


def _import(m: Machine, node: ir.Import, scope: Scope) -> Flow:
    for name, alias in node.names:
        top = name.partition(".")[0]
        file = m.loader.find(scope.file.path, name if alias else top, 0)
        value = m.module(file) if file is not None else External(name if alias else top)
        m.assign(ir.Name(alias or top), value, scope)
    return None


def _import_from(m: Machine, node: ir.ImportFrom, scope: Scope) -> Flow:
    top = scope.frame is None and scope.parent is None
    for name, alias in node.names or ():
        if top and len(scope.file.binds.get(alias, ())) > 1 and alias not in scope.file.pending:
            continue  # what binds it last is looked up when it is asked for
        m.assign(ir.Name(alias), m.imported(scope.file, node.module, node.level, name), scope)
    return None


def _global(m: Machine, node: ir.Global, scope: Scope) -> Flow:
    if scope.frame is not None:
        scope.frame.names.update(dict.fromkeys(node.names, "outer"))
    return None


def _delete(m: Machine, node: ir.Delete, scope: Scope) -> Flow:
    for target in node.targets:
        if isinstance(target, ir.Subscript):
            obj = m.evaluate(target.obj, scope)
            index = UNKNOWN if isinstance(target.index, ir.Slice) else m.evaluate(target.index, scope)
            if isinstance(obj, Method) and is_view(obj):
                delete_view_item(m, obj, m.state.resolve(index))
                continue
            m.state.lift(obj, lambda side: delete_item(m, side, index), _neither)
        elif isinstance(target, ir.Attr):
            obj = m.state.resolve(m.evaluate(target.obj, scope))
            if isinstance(obj, Instance):
                m.state.write(obj.state, target.name, NEVER)
    return None


def _neither(_atom: Any, _one: Any, _other: Any) -> None:
    """The result of two sides that are run for what they do."""


def _nothing(m: Machine, node: Any, scope: Scope) -> Flow:
    return None


_RUN: dict[type, Callable[[Machine, Any, Scope], Flow]] = {
    ir.ExprStmt: _expression,
    ir.Assign: _assign,
    ir.AnnAssign: _assign,
    ir.AugAssign: _augmented,
    ir.Declare: _nothing,
    ir.If: _if,
    ir.For: _for,
    ir.While: _while,
    ir.With: _with,
    ir.Try: _try,
    ir.Match: _match,
    ir.Return: _return,
    ir.Raise: _raise,
    ir.Break: lambda m, node, scope: _BREAK,
    ir.Continue: lambda m, node, scope: _CONTINUE,
    ir.Assert: _assert,
    ir.Global: _global,
    ir.Delete: _delete,
    ir.FuncDef: _function,
    ir.ClassDef: _class,
    ir.Import: _import,
    ir.ImportFrom: _import_from,
}
