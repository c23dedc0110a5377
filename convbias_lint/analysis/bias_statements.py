"""Statements, tried on one layer without a bias."""

from __future__ import annotations

import ast
import enum
from collections.abc import Callable, Iterable
from typing import Any

from convbias_lint.analysis.bias_expressions import evaluate, gone_through, run_defaults, truth
from convbias_lint.analysis.bias_flow import catches, leaves
from convbias_lint.analysis.bias_trial import Trial
from convbias_lint.analysis.bias_values import (
    ANY,
    AROUND,
    UNSURE,
    Func,
    Items,
    Missing,
    Model,
    Part,
    Subject,
    Value,
    has_missing,
    holder,
    joined,
    may_hold,
)
from convbias_lint.analysis.nodes import FUNCTIONS, Function, captured, names_in


class Flow(enum.Enum):
    """Whether the statement behind is reached."""

    ON = 1
    MAYBE = 2
    OFF = 3


class Runner(Trial):
    """Runs statements."""

    def evaluate(self, node: Any) -> Value:
        return evaluate(self, node)

    def run_body(self, body: Iterable[ast.stmt]) -> None:
        run_block(self, body)


def run_block(t: Trial, lines: Iterable[ast.stmt]) -> Flow:
    """Run statements in order, as far as the flow goes."""
    flow = Flow.ON
    before = t.certain
    for line in lines:
        after = _run_line(t, line)
        if after is Flow.OFF:
            flow = Flow.OFF
            break
        if after is Flow.MAYBE:
            flow = Flow.MAYBE
            t.certain = False
    t.certain = before
    return flow


def _run_line(t: Trial, line: ast.stmt) -> Flow:
    t.step()
    run = _STATEMENTS.get(type(line).__name__)
    if run is None:
        return Flow.ON
    t.line = None if hasattr(line, "body") or hasattr(line, "cases") else line
    return run(t, line)


# -- simple statements --------------------------------------------------------------------------------


def _expression(t: Trial, node: ast.Expr) -> Flow:
    evaluate(t, node.value)
    return Flow.ON


def _assign(t: Trial, node: ast.Assign) -> Flow:
    value = evaluate(t, node.value)
    for target in node.targets:
        _store(t, target, value)
    return Flow.ON


def _annotated(t: Trial, node: ast.AnnAssign) -> Flow:
    if node.value is not None:
        _store(t, node.target, evaluate(t, node.value))
    return Flow.ON


def _augmented(t: Trial, node: ast.AugAssign) -> Flow:
    held = evaluate(t, node.target)
    value = evaluate(t, node.value)
    if isinstance(held, Missing):
        t.fails(node.target, held.sure)
    t.forget(node.target, AROUND if may_hold(held) or may_hold(value) else UNSURE)
    return Flow.ON


def _store(t: Trial, target: Any, value: Value) -> None:
    if isinstance(target, ast.Name):
        t.env[target.id] = value
    elif isinstance(target, (ast.Attribute, ast.Subscript)):
        base = evaluate(t, target.value)
        if isinstance(base, Missing):
            t.fails(target.value, base.sure)
        elif isinstance(base, Subject) and isinstance(target, ast.Attribute) and target.attr == "bias":
            # The layer is given another bias.
            t.env[".bias"] = value if isinstance(value, Missing) else UNSURE
        if may_hold(value):
            _keep(t, target, base)
        if not t.sets_up():
            t.replace(base, target.attr if isinstance(target, ast.Attribute) else None)
        if isinstance(target, ast.Subscript):
            evaluate(t, target.slice)
    elif isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, Items):
        starred = any(isinstance(element, ast.Starred) for element in target.elts)
        if starred or len(target.elts) != len(value.values):
            if not starred:
                t.fails(target, False)  # ``weight, bias = conv.parameters()``
            t.forget(target, Missing(False) if has_missing(value) else ANY if may_hold(value) else UNSURE)
            return
        for element, item in zip(target.elts, value.values):
            _store(t, element, item)
    else:
        if isinstance(value, Missing):
            t.fails(target, False)  # ``first, *rest = conv.bias``
        t.forget(target, ANY if may_hold(value) else UNSURE)


def _delete(t: Trial, node: ast.Delete) -> Flow:
    for target in node.targets:
        if isinstance(target, (ast.Attribute, ast.Subscript)):
            base = evaluate(t, target.value)
            if isinstance(base, Missing):
                t.fails(target.value, base.sure)
    return Flow.ON


def _keep(t: Trial, target: Any, base: Value) -> None:
    """Something is given an attribute or item that may hold the layer."""
    if isinstance(base, Model):
        if isinstance(target, ast.Attribute):
            t.given.update((id(cls), target.attr) for cls in t.names.lineage(base.cls))
    elif isinstance(target.value, ast.Name) and not isinstance(base, (Subject, Part)):
        t.env[target.value.id] = AROUND


def _return(t: Trial, node: ast.Return) -> Flow:
    if node.value is not None:
        value = evaluate(t, node.value)
        if has_missing(value):
            # What the caller makes of it is not seen.
            t.fails(node.value, False)
        t.results.append(value)
    return Flow.OFF


def _stop(_t: Trial, _node: Any) -> Flow:
    return Flow.OFF


def _assert(t: Trial, node: ast.Assert) -> Flow:
    if truth(t, node.test) is not False:
        return Flow.ON
    _demand(t, node.test)
    return Flow.OFF


def _demand(t: Trial, test: ast.expr) -> None:
    """Code stops on a condition: where that is about a bias, it is not made for layers without one."""
    if "bias" in names_in(test):
        t.fails(test, False)


def _import(t: Trial, node: Any) -> Flow:
    t.names.add_import(node)
    return Flow.ON


def _hide(t: Trial, node: Any) -> Flow:
    """A class inside a function: what its methods do with objects of it."""
    t.env[node.name] = ANY
    around = t.env
    with t.doubt():
        for method in node.body:
            if isinstance(method, FUNCTIONS):
                t.closures[id(method)] = around
                t.enter(method, None, ANY, False)
    return Flow.ON


def _define(t: Trial, node: Function) -> Flow:
    for decorator in node.decorator_list:
        evaluate(t, decorator)
    run_defaults(t, node.args)
    t.env[node.name] = Func(node, None)
    t.closures[id(node)] = t.env
    return Flow.ON


# -- compound statements ------------------------------------------------------------------------------


def _if(t: Trial, node: ast.If) -> Flow:
    decided = truth(t, node.test)
    if decided is not None:
        taken = node.body if decided else node.orelse
        if any(isinstance(line, ast.Raise) for line in taken):
            _demand(t, node.test)
        return run_block(t, taken)
    start = t.env
    with t.doubt():
        with t.scope(dict(start)):
            first, yes = run_block(t, node.body), t.env
        with t.scope(dict(start)):
            second, no = run_block(t, node.orelse), t.env
    merged = yes if second is Flow.OFF else no if first is Flow.OFF else _joined(yes, no)
    start.clear()
    start.update(merged)
    return first if first is second else Flow.MAYBE


def _joined(yes: dict[str, Value], no: dict[str, Value]) -> dict[str, Value]:
    return {name: joined(yes.get(name, UNSURE), no.get(name, UNSURE)) for name in dict.fromkeys((*yes, *no))}


def _for(t: Trial, node: ast.For) -> Flow:
    iterable = gone_through(t, node.iter)
    early = leaves(node.body)
    if may_hold(iterable):
        # What is no such layer may hold it.
        with t.doubt(), t.scope(dict(t.env)):
            t.forget(node.target, AROUND)
            run_block(t, node.body)
    met = t.bind_loop(node.target, iterable)
    if met and not early:
        t.env.pop(".bias", None)
        flow = run_block(t, node.body)
    else:
        with t.doubt():
            flow = run_block(t, node.body)
    with t.doubt():
        run_block(t, node.orelse)
    # ``continue`` ends a round, not the loop.
    return Flow.MAYBE if early and flow is not Flow.ON else Flow.ON


def _while(t: Trial, node: ast.While) -> Flow:
    truth(t, node.test)
    with t.doubt():
        flow = run_block(t, node.body)
    return Flow.MAYBE if flow is not Flow.ON and leaves(node.body) else Flow.ON


def _with(t: Trial, node: ast.With) -> Flow:
    plain = True
    for item in node.items:
        manager = item.context_expr
        value = evaluate(t, manager)
        call = manager.func if isinstance(manager, ast.Call) else manager
        plain = plain and (t.names.qualified(call) or "").startswith("torch.")
        if item.optional_vars is not None:
            t.forget(item.optional_vars, holder(value))
    if plain:
        return run_block(t, node.body)
    with t.doubt():
        return run_block(t, node.body)


def _try(t: Trial, node: Any) -> Flow:
    if any(catches(handler) for handler in node.handlers):
        # The code is ready for it to fail.
        failures = dict(t.failures)
        with t.doubt():
            flow = run_block(t, node.body)
        t.failures = failures
    else:
        flow = run_block(t, node.body)
    with t.doubt():
        for handler in node.handlers:
            run_block(t, handler.body)
        run_block(t, node.orelse)
    run_block(t, node.finalbody)
    return flow if not node.handlers else Flow.ON if flow is Flow.ON else Flow.MAYBE


def _match(t: Trial, node: Any) -> Flow:
    """Any of the cases may be taken, or none."""
    subject = evaluate(t, node.subject)
    start = t.env
    merged = dict(start)
    flow = Flow.ON
    with t.doubt():
        for case in node.cases:
            with t.scope(dict(start)):
                for name in captured(case.pattern):
                    t.env[name] = Missing(False) if has_missing(subject) else holder(subject)
                if case.guard is not None:
                    evaluate(t, case.guard)
                after, end = run_block(t, case.body), t.env
            flow = flow if after is Flow.ON else Flow.MAYBE
            merged = merged if after is Flow.OFF else _joined(merged, end)
    start.clear()
    start.update(merged)
    return flow


_STATEMENTS: dict[str, Callable[[Trial, Any], Flow]] = {
    "Expr": _expression,
    "Assign": _assign,
    "AnnAssign": _annotated,
    "AugAssign": _augmented,
    "Delete": _delete,
    "Return": _return,
    "Raise": _stop,
    "Break": _stop,
    "Continue": _stop,
    "Assert": _assert,
    "Import": _import,
    "ImportFrom": _import,
    "FunctionDef": _define,
    "AsyncFunctionDef": _define,
    "ClassDef": _hide,
    "If": _if,
    "For": _for,
    "AsyncFor": _for,
    "While": _while,
    "With": _with,
    "AsyncWith": _with,
    "Try": _try,
    "TryStar": _try,
    "Match": _match,
}
