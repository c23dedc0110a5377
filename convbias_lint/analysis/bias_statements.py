"""Statements, tried on one layer without a bias."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst

from convbias_lint.analysis.bias_expressions import evaluate, truth
from convbias_lint.analysis.bias_trial import Trial
from convbias_lint.analysis.bias_values import UNSURE, Func, Missing, Subject, Value, joined
from convbias_lint.analysis.nodes import children


class Flow(enum.Enum):
    """Whether the statement behind is reached."""

    ON = 1
    MAYBE = 2
    OFF = 3


class Runner(Trial):
    """Runs statements."""

    def evaluate(self, node: Any) -> Value:
        return evaluate(self, node)

    def run_body(self, body: Any) -> None:
        run_block(self, body.body)


def run_block(t: Trial, lines: Iterable[Any]) -> Flow:
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


def _run_line(t: Trial, line: Any) -> Flow:
    t.step()
    if isinstance(line, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
        return _run_small(t, line)
    run = _STATEMENTS.get(type(line))
    return Flow.ON if run is None else run(t, line)


def _run_small(t: Trial, line: Any) -> Flow:
    for small in line.body:
        t.line = line if len(line.body) == 1 and isinstance(line, cst.SimpleStatementLine) else None
        run = _STATEMENTS.get(type(small))
        if run is not None:
            flow: Flow = run(t, small)
            if flow is not Flow.ON:
                return flow
    return Flow.ON


def _block(t: Trial, node: Any) -> Flow:
    """The body of a compound statement, indented or on the same row."""
    return _run_small(t, node) if isinstance(node, cst.SimpleStatementSuite) else run_block(t, node.body)


# -- simple statements --------------------------------------------------------------------------------


def _expression(t: Trial, node: cst.Expr) -> Flow:
    evaluate(t, node.value)
    return Flow.ON


def _assign(t: Trial, node: cst.Assign) -> Flow:
    value = evaluate(t, node.value)
    for target in node.targets:
        _store(t, target.target, value)
    return Flow.ON


def _annotated(t: Trial, node: cst.AnnAssign) -> Flow:
    if node.value is not None:
        _store(t, node.target, evaluate(t, node.value))
    return Flow.ON


def _augmented(t: Trial, node: cst.AugAssign) -> Flow:
    held = evaluate(t, node.target)
    evaluate(t, node.value)
    if isinstance(held, Missing):
        t.fails(node.target, held.sure)
    t.forget(node.target)
    return Flow.ON


def _store(t: Trial, target: Any, value: Value) -> None:
    if isinstance(target, cst.Name):
        t.env[target.value] = value
    elif isinstance(target, (cst.Attribute, cst.Subscript)):
        base = evaluate(t, target.value)
        if isinstance(base, Missing):
            t.fails(target.value, base.sure)
        elif isinstance(base, Subject) and isinstance(target, cst.Attribute) and target.attr.value == "bias":
            # The layer is given another bias.
            t.env[".bias"] = value if isinstance(value, Missing) else UNSURE
        if isinstance(target, cst.Subscript):
            for element in target.slice:
                if isinstance(element.slice, cst.Index):
                    evaluate(t, element.slice.value)
    else:
        t.forget(target)


def _return(t: Trial, node: cst.Return) -> Flow:
    if node.value is not None:
        evaluate(t, node.value)
    return Flow.OFF


def _stop(_t: Trial, _node: Any) -> Flow:
    return Flow.OFF


def _assert(t: Trial, node: cst.Assert) -> Flow:
    return Flow.OFF if truth(t, node.test) is False else Flow.ON


def _import(t: Trial, node: Any) -> Flow:
    t.names.add_import(node)
    return Flow.ON


def _hide(t: Trial, node: Any) -> Flow:
    """A class inside a function: not followed."""
    t.env[node.name.value] = UNSURE
    return Flow.ON


def _define(t: Trial, node: cst.FunctionDef) -> Flow:
    t.env[node.name.value] = Func(node, None)
    t.closures[id(node)] = t.env
    return Flow.ON


# -- compound statements ------------------------------------------------------------------------------


def _if(t: Trial, node: cst.If) -> Flow:
    decided = truth(t, node.test)
    if decided is True:
        return _block(t, node.body)
    if decided is False:
        return _else(t, node.orelse)
    start = t.env
    with t.doubt():
        with t.scope(dict(start)):
            first, yes = _block(t, node.body), t.env
        with t.scope(dict(start)):
            second, no = _else(t, node.orelse), t.env
    merged = yes if second is Flow.OFF else no if first is Flow.OFF else _joined(yes, no)
    start.clear()
    start.update(merged)
    return first if first is second else Flow.MAYBE


def _joined(yes: dict[str, Value], no: dict[str, Value]) -> dict[str, Value]:
    return {name: joined(yes.get(name, UNSURE), no.get(name, UNSURE)) for name in dict.fromkeys((*yes, *no))}


def _else(t: Trial, node: Any) -> Flow:
    if node is None:
        return Flow.ON
    return _if(t, node) if isinstance(node, cst.If) else _block(t, node.body)


def _for(t: Trial, node: cst.For) -> Flow:
    met = t.bind_loop(node.target, evaluate(t, node.iter))
    leaves = _leaves(node.body)
    if met and not leaves:
        t.env.pop(".bias", None)
        flow = _block(t, node.body)
    else:
        with t.doubt():
            flow = _block(t, node.body)
    if node.orelse is not None:
        with t.doubt():
            _block(t, node.orelse.body)
    # ``continue`` ends a round, not the loop.
    return Flow.MAYBE if leaves and flow is not Flow.ON else Flow.ON


def _leaves(body: Any) -> bool:
    """Whether a loop may end before it has come upon every layer."""
    todo = [body]
    while todo:
        node = todo.pop()
        if isinstance(node, (cst.Return, cst.Break)):
            return True
        if isinstance(node, (cst.BaseCompoundStatement, cst.BaseSuite, cst.SimpleStatementLine, cst.Else)):
            if not isinstance(node, (cst.FunctionDef, cst.ClassDef)):
                todo.extend(children(node))
        elif isinstance(node, (cst.ExceptHandler, cst.Finally)):
            todo.append(node.body)
    return False


def _while(t: Trial, node: cst.While) -> Flow:
    truth(t, node.test)
    with t.doubt():
        _block(t, node.body)
    return Flow.ON


def _with(t: Trial, node: cst.With) -> Flow:
    plain = True
    for item in node.items:
        evaluate(t, item.item)
        call = item.item.func if isinstance(item.item, cst.Call) else item.item
        plain = plain and (t.names.qualified(call) or "").startswith("torch.")
        if item.asname is not None:
            t.forget(item.asname.name)
    if plain:
        return _block(t, node.body)
    with t.doubt():
        return _block(t, node.body)


def _try(t: Trial, node: Any) -> Flow:
    if any(_catches(handler) for handler in node.handlers):
        # The code is ready for it to fail.
        failures = dict(t.failures)
        with t.doubt():
            flow = _block(t, node.body)
        t.failures = failures
    else:
        flow = _block(t, node.body)
    with t.doubt():
        for handler in node.handlers:
            _block(t, handler.body)
        if node.orelse is not None:
            _block(t, node.orelse.body)
    if node.finalbody is not None:
        _block(t, node.finalbody.body)
    return flow if not node.handlers else Flow.ON if flow is Flow.ON else Flow.MAYBE


def _catches(handler: Any) -> bool:
    """Whether a handler may catch what using None raises."""
    kinds = handler.type
    if isinstance(kinds, cst.Name):
        kinds = [kinds]
    elif isinstance(kinds, cst.Tuple):
        kinds = [element.value for element in kinds.elements]
    else:
        return True
    return not all(isinstance(kind, cst.Name) and kind.value in _OTHER_ERRORS for kind in kinds)


_OTHER_ERRORS = frozenset(
    ("ImportError", "ModuleNotFoundError", "KeyError", "IndexError", "OSError", "ValueError")
)


def _in_doubt(t: Trial, node: Any) -> Flow:
    """Anything else that holds statements (``match``)."""
    with t.doubt():
        for case in getattr(node, "cases", ()):
            with t.scope(dict(t.env)):
                _block(t, case.body)
    return Flow.ON


_STATEMENTS: dict[type, Callable[[Trial, Any], Flow]] = {
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Return: _return,
    cst.Raise: _stop,
    cst.Break: _stop,
    cst.Continue: _stop,
    cst.Assert: _assert,
    cst.Import: _import,
    cst.ImportFrom: _import,
    cst.FunctionDef: _define,
    cst.ClassDef: _hide,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Match: _in_doubt,
}
