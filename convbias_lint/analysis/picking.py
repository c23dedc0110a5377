"""The item of a sequence under an index that is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.memo import mentioned
from convbias_lint.analysis.values import (
    UNKNOWN,
    Class,
    Const,
    External,
    Function,
    Instance,
    Segment,
    Symbol,
    Value,
)

MAX_PICKED = 16
_OPTIONS = (Class, Const, External, Function, Instance, LayerValue)
_OF_LOOPS = frozenset(("number", "place", "item", "far", "member", "input", "?"))


def option_item(m: Machine, items: tuple[Any, ...], index: Value) -> Optional[Value]:
    """The class or layer that a number of the caller's picks: of every sequence as long, the same place."""
    if not isinstance(index, Symbol) or not 0 < len(items) <= MAX_PICKED:
        return None
    # The number of a loop is another one in each round.
    if not all(isinstance(item, _OPTIONS) for item in items) or _OF_LOOPS & _heads(index.key):
        return None
    result: Value = items[-1]
    for place in range(len(items) - 2, -1, -1):
        result = m.state.choose(("at", index.key, place, len(items)), items[place], result)
    return m.state.resolve(result)


def _heads(key: Any) -> frozenset[Any]:
    return frozenset(part[0] for part in mentioned(key) if part)


def any_item(m: Machine, items: tuple[Any, ...]) -> Value:
    """Some item, it is not known which."""
    flat = list(_flat(items))
    if not flat or len(flat) > MAX_PICKED:
        for item in flat:
            m.use(item, "an item at an unknown index")
        return UNKNOWN
    result = flat[0]
    for item in flat[1:]:
        result = m.state.choose(m.state.fresh("which"), result, item)
    return m.state.resolve(result)


def _flat(items: tuple[Any, ...]) -> Iterator[Value]:
    """All items, in whatever configuration."""
    for item in items:
        if isinstance(item, Segment):
            yield from _flat(item.yes)
            yield from _flat(item.no)
        else:
            yield item
