"""Items of dicts and attributes of objects that are there in some configurations only.

Where one is absent its value is NEVER: code that reads it fails there, and code that asks first, or has
something else at hand, does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.values import FALSE, NEVER, TRUE, UNKNOWN, Choice, Const, Segment, Symbol, Value


def may_be_absent(value: Value) -> bool:
    """Whether a value is none at all, or a choice that may be none."""
    if isinstance(value, Choice):
        return may_be_absent(value.yes) or may_be_absent(value.no)
    return value is NEVER


def is_there(m: Machine, value: Value) -> Value:
    """Whether there is a value, as a truth value."""
    if isinstance(value, Choice):
        there: Value = m.state.choose(value.atom, is_there(m, value.yes), is_there(m, value.no))
        return there
    return FALSE if value is NEVER else TRUE


def or_else(m: Machine, value: Value, other: Value) -> Value:
    """``value``, and ``other`` where there is none."""
    if isinstance(value, Choice) and may_be_absent(value):
        held: Value = m.state.choose(value.atom, or_else(m, value.yes, other), or_else(m, value.no, other))
        return held
    return other if value is NEVER else value


def merged(m: Machine, items: dict[Any, Value], more: dict[Any, Value]) -> dict[Any, Value]:
    """``{**items, **more}``: what may be absent leaves what was there before."""
    return {**items, **{key: or_else(m, value, items.get(key, NEVER)) for key, value in more.items()}}


def items_there(items: dict[Any, Value], make: Callable[[Any, Value], Any]) -> tuple[Any, ...]:
    """``make(key, value)`` of the items of a dict, as a sequence that leaves out those that are absent."""
    return tuple(part for key, value in items.items() for part in _where_there(key, value, make))


def _where_there(key: Any, value: Value, make: Callable[[Any, Value], Any]) -> tuple[Any, ...]:
    if isinstance(value, Choice) and may_be_absent(value):
        yes, no = _where_there(key, value.yes, make), _where_there(key, value.no, make)
        return (Segment(value.atom, yes, no),)
    return () if value is NEVER else (make(key, value),)


def unsettle(m: Machine, items: dict[Any, Value]) -> None:
    """Somebody out of view may put other values in the place of the items of a dict."""
    for key, value in list(items.items()):
        if isinstance(value, (Const, Symbol)):
            default = value if isinstance(value, Const) else value.default
            m.state.write(items, key, Symbol(m.state.fresh("item"), str(key), default))
        elif value is not NEVER:
            m.state.write(items, key, Choice(m.state.fresh("item"), UNKNOWN, value))


def lose_any(m: Machine, items: dict[Any, Value]) -> None:
    """Some item of a dict is taken out, it is not known which."""
    for key, value in list(items.items()):
        m.state.write(items, key, m.state.choose(m.state.fresh("lost"), NEVER, value))
