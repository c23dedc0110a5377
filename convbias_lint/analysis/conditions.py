"""Truth and comparison of values that may be symbols: True, False, or a choice on an atom."""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Optional

from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.lengths import settled_items
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.own_methods import has_own_equal, truth_of
from convbias_lint.analysis.presence import entries, is_there
from convbias_lint.analysis.values import (
    CHILDREN,
    FALSE,
    NEVER,
    TRUE,
    Atom,
    Bound,
    Choice,
    Class,
    Const,
    Dict,
    External,
    Function,
    Instance,
    List,
    Method,
    Parameter,
    Partial,
    Segment,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Effect

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda a, b: a in b,
    "not in": lambda a, b: a not in b,
}

MAX_OPTIONS = 64
"""How many values something is compared with, one by one, to tell whether it is among them."""


def constant_key(value: object) -> tuple[str, Any]:
    """How atoms hold a constant: with its type, since 1 == True."""
    return (type(value).__name__, value)


def on(m: Machine, atom: Atom, yes: Value = TRUE, no: Value = FALSE) -> Value:
    """``yes`` where the atom holds, ``no`` where not."""
    known = m.state.holds(atom)
    if known is not None:
        return yes if known else no
    return Choice(atom, yes, no)


def negated(value: Value) -> Value:
    """``not value``, of a truth value."""
    if isinstance(value, Const):
        return FALSE if value.value else TRUE
    if isinstance(value, Choice):
        return Choice(value.atom, negated(value.yes), negated(value.no))
    return value


def truth(m: Machine, value: Value) -> Value:
    """``bool(value)``: a constant, or a choice between constants."""
    value = m.state.resolve(value)
    if isinstance(value, Const):
        return TRUE if value.value else FALSE
    if isinstance(value, Choice):
        yes, no = _truth_in_any_case(value.yes), _truth_in_any_case(value.no)
        if yes is not None and no is not None:
            return m.state.choose(value.atom, yes, no)  # type: ignore[no-any-return]
        return m.state.weigh(value.atom, lambda: truth(m, value.yes), lambda: truth(m, value.no))
    if isinstance(value, Symbol):
        return TRUE if (value.least or 0) > 0 else on(m, ("truth", value.key))
    if isinstance(value, (List, Tuple)):
        items = m.state.resolve(value.state["items"]) if isinstance(value, List) else value
        return _any_item(m, items.items) if isinstance(items, Tuple) else on(m, m.state.fresh("truth"))
    if isinstance(value, Dict) and not value.open:
        return _any_item(m, entries(m, value, lambda key, _: key))
    if isinstance(value, Instance):
        children = value.state.get(CHILDREN)
        if isinstance(children, Tuple):
            return _any_item(m, children.items)
        own = truth_of(m, value)
        return TRUE if own is None else truth(m, own)
    if type(value) in _TRUE:
        return TRUE
    if isinstance(value, External):
        if is_definition(value):
            return TRUE
        return on(m, ("truth", value.name))
    if isinstance(value, Tensor):
        m.use(value, "a condition")
    return on(m, m.state.fresh("truth"))


_TRUE = frozenset((Function, Class, Bound, Partial, LayerValue))


def _truth_in_any_case(value: Value) -> Optional[Value]:
    """The truth of a value that nothing assumed can change; None for others."""
    if type(value) is Const:
        return TRUE if value.value else FALSE
    return TRUE if type(value) in _TRUE else None


def is_definition(value: Value) -> bool:
    """Whether a value is a class or function of a framework, no mere data."""
    if not isinstance(value, External):
        return False
    last = value.name.rsplit(".", 1)[-1]
    # ``config.USE_NORM`` is a constant.
    return value.name.startswith("torch.nn.") or (last[:1].isupper() and last.upper() != last)


def _any_item(m: Machine, items: tuple[Any, ...]) -> Value:
    if any(not isinstance(item, Segment) for item in items):
        return TRUE
    if not items:
        return FALSE
    if len(items) > 4:
        return on(m, m.state.fresh("truth"))
    first, rest = items[0], items[1:]
    return on(m, first.atom, _any_item(m, (*first.yes, *rest)), _any_item(m, (*first.no, *rest)))


def key_of(value: Value) -> Optional[Hashable]:
    """What names a value in a symbol's key; None for what has no name."""
    if isinstance(value, Const):
        return ("const", *constant_key(value.value))
    if isinstance(value, Symbol):
        return value.key
    if isinstance(value, External):
        return value.name
    if isinstance(value, Tuple):
        keys = tuple(None if isinstance(item, Segment) else key_of(item) for item in value.items)
        return None if None in keys else keys
    return None


def plain_key(value: Value) -> Any:
    """As :func:`key_of`; what has no name goes by itself."""
    if isinstance(value, Symbol):
        return value.key
    return constant_key(value.value) if isinstance(value, Const) else id(value)


def compare(m: Machine, op: str, left: Value, right: Value) -> Value:
    """``left op right`` as a truth value."""
    left, right = m.state.resolve(left), m.state.resolve(right)
    if isinstance(left, Choice):
        return m.state.weigh(
            left.atom, lambda: compare(m, op, left.yes, right), lambda: compare(m, op, left.no, right)
        )
    if isinstance(right, Choice):
        return m.state.weigh(
            right.atom, lambda: compare(m, op, left, right.yes), lambda: compare(m, op, left, right.no)
        )
    if op in ("!=", "is not", "not in"):
        positive = {"!=": "==", "is not": "is", "not in": "in"}[op]
        return negated(compare(m, positive, left, right))
    if isinstance(left, Const) and isinstance(right, Const):
        return _compare_constants(op, left.value, right.value)
    if op == "in":
        return _contains(m, left, right)
    known = _by_number(op, left, right)
    if known is not None:
        return known
    if op == "==" and (isinstance(left, (Tensor, Parameter)) or isinstance(right, (Tensor, Parameter))):
        # Element by element, if it is a tensor at all: what the caller passes may be something else.
        m.use(left, "a comparison")
        m.use(right, "a comparison")
        return on(m, m.state.fresh("=="))
    if op in ("==", "is"):
        return _equal(m, left, right, op)
    return _open_comparison(m, op, left, right)


def _by_number(op: str, left: Value, right: Value) -> Optional[Value]:
    """``i == 0``, ``i > 0`` in any but the first iteration of a loop."""
    if isinstance(left, Const):
        left, right, op = right, left, _MIRRORED.get(op, op)
    if not (isinstance(left, Symbol) and left.least is not None and isinstance(right, Const)):
        return None
    if type(right.value) is not int:
        return None
    if left.least > right.value:
        return TRUE if op in (">", ">=") else FALSE
    if left.least == right.value and op in (">=", "<"):
        return TRUE if op == ">=" else FALSE
    return None


def _compare_constants(op: str, left: Any, right: Any) -> Value:
    if op == "is" and not (
        left is None or right is None or isinstance(left, bool) or isinstance(right, bool)
    ):
        op = "=="
    try:
        return TRUE if COMPARISONS[op](left, right) else FALSE
    except TypeError:
        return NEVER


def _equal(m: Machine, left: Value, right: Value, op: str) -> Value:
    if isinstance(right, Symbol) and not isinstance(left, Symbol):
        return _equal(m, right, left, op)
    if isinstance(left, Symbol):
        if same(left, right):
            return TRUE
        if isinstance(right, Const):
            return on(m, ("is", left.key, constant_key(right.value)))
        if left.default is not None and same(left.default, right):
            return on(m, ("is", left.key, "default"))
        if isinstance(right, (External, Class)):
            row = m.rows.get(right.name) if isinstance(right, External) else None
            if isinstance(right, External) and row is not None and row.effect is Effect.CANCELS:
                m.asked.setdefault(left.key, {})[right.name] = right
            return on(m, ("is", left.key, ("class", repr(right))))
        return _open_comparison(m, "==", left, right)
    if same(left, right):
        return TRUE
    if isinstance(left, Tuple) and isinstance(right, Tuple):
        one, other = settled_items(m, left), settled_items(m, right)
        if one is not None and other is not None:
            if len(one) != len(other):
                return FALSE
            if all(isinstance(a, Const) and isinstance(b, Const) for a, b in zip(one, other)):
                return TRUE if all(a.value == b.value for a, b in zip(one, other)) else FALSE  # type: ignore[attr-defined]
        return _open_comparison(m, "==", left, right)
    for one_side, other_side in ((left, right), (right, left)):
        if not isinstance(one_side, Const):
            continue
        if isinstance(other_side, Tensor) and other_side.given is not None:
            return on(m, ("is", other_side.given, constant_key(one_side.value)))
        if is_definition(other_side) or isinstance(other_side, _DEFINITE):
            if op == "is" or not has_own_equal(m, other_side):
                return FALSE
    if isinstance(left, _NAMED) and isinstance(right, _NAMED):
        # One class may go by several dotted names, but not by several names of its own.
        return FALSE if _own_name(left) != _own_name(right) else _open_comparison(m, "==", left, right)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        m.use(left, "a comparison")
        m.use(right, "a comparison")
    return _open_comparison(m, "==", left, right)


_NAMED = (Class, External, Function)


def _own_name(value: Value) -> str:
    if isinstance(value, External):
        return value.name.rsplit(".", 1)[-1]
    return str(getattr(getattr(value, "node", None), "name", ""))


_DEFINITE = (
    Tensor,
    Instance,
    LayerValue,
    Function,
    Class,
    Bound,
    Method,
    Parameter,
    Partial,
    List,
    Tuple,
    Dict,
)
"""Values that are never equal to a number, a string or None."""


def _contains(m: Machine, item: Value, container: Value) -> Value:
    if isinstance(container, Dict):
        if isinstance(item, Const):
            present = is_there(m, container.state.get(item.value, NEVER))
            if present is TRUE or not container.open:
                return present
        if isinstance(item, Symbol) and not container.open:
            keys = entries(m, container, lambda key, _: key)
            if not any(isinstance(key, Segment) for key in keys):
                return _any_equal(m, item, list(keys), container)
        return _open_comparison(m, "in", item, container)
    items = settled_items(m, container) if isinstance(container, (Tuple, List)) else None
    if items is None:
        return _open_comparison(m, "in", item, container)
    return _any_equal(m, item, items, container)


def _any_equal(m: Machine, item: Value, options: Sequence[Value], container: Value) -> Value:
    """Whether an item is equal to one of the ``options``, which are all that ``container`` holds."""
    result: Value = FALSE
    for option in reversed(options):
        result = _either(m, compare(m, "==", item, option), result)
        if isinstance(result, Choice) and result.size > MAX_OPTIONS:
            return _open_comparison(m, "in", item, container)
    return result


def _either(m: Machine, one: Value, other: Value) -> Value:
    """``one or other``, of truth values."""
    if isinstance(one, Const):
        return TRUE if one.value else other
    if not isinstance(one, Choice):
        return on(m, m.state.fresh("or"))
    if one.yes is TRUE and one.no is FALSE:
        return Choice(one.atom, TRUE, other)
    value: Value = m.state.choose(one.atom, _either(m, one.yes, other), _either(m, one.no, other))
    return value


def _open_comparison(m: Machine, op: str, left: Value, right: Value) -> Value:
    one, other = key_of(left), key_of(right)
    if one is None or other is None:
        for value in (left, right):
            if isinstance(value, Tensor):
                m.use(value, "a comparison")
        return on(m, m.state.fresh(op))
    # One way to say each thing, so that opposites are known as such: the constant right, > and >=.
    if isinstance(left, Const) and op in _MIRRORED:
        op, one, other = _MIRRORED[op], other, one
    if op in _DENIED:
        return negated(on(m, ("compare", _DENIED[op], one, other)))
    return on(m, ("compare", op, one, other))


_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "=="}
_DENIED = {"<=": ">", "<": ">="}
