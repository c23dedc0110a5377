"""Keys of a dict, and attributes of an object, that are there in some configurations only.

Where one is absent its value is NEVER, alone or as a side of a choice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.values import (
    FALSE,
    NEVER,
    TRUE,
    UNKNOWN,
    Choice,
    Const,
    Dict,
    Never,
    Segment,
    Symbol,
    Value,
)


def may_be_absent(value: Value) -> bool:
    """Whether a choice may be no value at all."""
    if isinstance(value, Choice):
        return may_be_absent(value.yes) or may_be_absent(value.no)
    return isinstance(value, Never)


def decided(m: Machine, value: Value) -> Value:
    """As ``State.resolve``, for a value that may be absent."""
    while isinstance(value, Choice):
        holds = m.state.holds(value.atom)
        if holds is None:
            break
        value = value.yes if holds else value.no
    return value


def is_there(m: Machine, value: Value) -> Value:
    """Whether there is a value, as a truth value."""
    value = decided(m, value)
    if isinstance(value, Choice) and may_be_absent(value):
        return m.state.choose(value.atom, is_there(m, value.yes), is_there(m, value.no))  # type: ignore[no-any-return]
    return FALSE if value is NEVER else TRUE


def or_else(m: Machine, value: Value, other: Value) -> Value:
    """``value`` where there is one, elsewhere ``other``."""
    value = decided(m, value)
    if isinstance(value, Choice) and may_be_absent(value):
        return m.state.choose(value.atom, or_else(m, value.yes, other), or_else(m, value.no, other))  # type: ignore[no-any-return]
    return other if value is NEVER else value


def put(m: Machine, target: Dict, key: Any, value: Value, fresh: bool = False) -> None:
    """``target[key] = value``; where ``value`` is absent, what is there stays.

    A ``fresh`` target is one that nobody has seen yet, so that no branch need take this back.
    """
    held = target.state.get(key)
    if held is not None:
        value = or_else(m, value, held)
        # Where it was absent, the key now comes last.
        behind = next(reversed(target.state)) != key
        target.state.mixed |= behind and may_be_absent(decided(m, held))
    if fresh:
        target.state[key] = value
    else:
        m.state.write(target.state, key, value)


def update(m: Machine, target: Dict, given: Dict, fresh: bool = False) -> None:
    """``target.update(given)``."""
    for key, value in given.state.items():
        put(m, target, key, value, fresh)
    target.open |= given.open
    target.given |= given.given
    target.state.mixed |= given.state.mixed


def entries(m: Machine, given: Dict, item: Callable[[Value, Value], Any]) -> tuple[Any, ...]:
    """What ``item`` makes of each key and value that are there, in no order that counts."""
    return tuple(entry for key, value in given.state.items() for entry in _entry(m, Const(key), value, item))


def entries_in_order(m: Machine, given: Dict, item: Callable[[Value, Value], Any]) -> tuple[Any, ...]:
    """As :func:`entries`, in the order of the dict; anything for what is not known."""
    anything = (item(UNKNOWN, UNKNOWN),)
    if given.state.mixed:
        m.use(given, "a dict whose order is not known")
        return anything
    return (*entries(m, given, item), *(anything if given.open else ()))


def _entry(m: Machine, key: Value, value: Value, item: Callable[[Value, Value], Any]) -> tuple[Any, ...]:
    value = decided(m, value)
    if value is NEVER:
        return ()
    if isinstance(value, Choice) and may_be_absent(value):
        return (Segment(value.atom, _entry(m, key, value.yes, item), _entry(m, key, value.no, item)),)
    return (item(key, value),)


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
