"""Operators on values: on constants, symbols and tensors."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from convbias_lint.analysis import indexing
from convbias_lint.analysis.arithmetic import elementwise
from convbias_lint.analysis.conditions import key_of
from convbias_lint.analysis.layer import Step
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.presence import unsettle, update
from convbias_lint.analysis.texts import percent
from convbias_lint.analysis.values import (
    UNKNOWN,
    Const,
    Dict,
    List,
    Segment,
    Symbol,
    Tuple,
    Value,
)

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
}


_LARGEST = 2**62


def binary(m: Machine, op: str, left: Value, right: Value, step: Step) -> Value:
    """``left op right``."""
    if isinstance(left, Const) and isinstance(right, Const):
        return _constants(op, left.value, right.value)
    result = elementwise(m, op, left, right, step)
    if result is not None:
        return result
    return m.state.lift(left, lambda one: m.state.lift(right, lambda other: _plain_binary(m, op, one, other)))


def _constants(op: str, left: Any, right: Any) -> Value:
    if op == "**":
        small = isinstance(left, (int, float)) and isinstance(right, (int, float)) and abs(right) < 64
        if not small or abs(left) > 1e6:
            return UNKNOWN
    elif op == "*" and isinstance(left, (str, bytes)) != isinstance(right, (str, bytes)):
        return UNKNOWN
    elif op == "<<" and not (isinstance(right, int) and right < 64):
        return UNKNOWN
    function = operator.pow if op == "**" else _ARITHMETIC.get(op)
    if function is None:
        return UNKNOWN
    try:
        value = function(left, right)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return UNKNOWN
    if isinstance(value, complex) or (isinstance(value, int) and abs(value) > _LARGEST):
        return UNKNOWN
    return Const(value)


def _plain_binary(m: Machine, op: str, left: Value, right: Value) -> Value:
    if isinstance(left, Const) and isinstance(right, Const):
        return _constants(op, left.value, right.value)
    if isinstance(left, (List, Tuple)) or isinstance(right, (List, Tuple)):
        return indexing.combined(m, op, left, right)
    if op == "%" and isinstance(left, Const) and isinstance(left.value, str):
        parts = right.items if isinstance(right, Tuple) else (right,)
        if not any(isinstance(part, Segment) for part in parts):
            return percent(left.value, parts)
    if isinstance(left, (Const, Symbol)) and isinstance(right, (Const, Symbol)):
        rank = None
        if op in "+-" and isinstance(left, Symbol) and left.rank is not None and isinstance(right, Const):
            offset = right.value
            if isinstance(offset, int):
                rank = left.rank + offset if op == "+" else left.rank - offset
        return Symbol(("binary", op, key_of(left), key_of(right)), op, rank=rank)
    if isinstance(left, Dict) and isinstance(right, Dict) and op == "|":
        result = Dict(left.state, left.open, left.given)
        if right.open:
            unsettle(m, result.state)
        update(m, result, right, fresh=True)
        return result
    m.use(left, f"`{op}`")
    m.use(right, f"`{op}`")
    return UNKNOWN
