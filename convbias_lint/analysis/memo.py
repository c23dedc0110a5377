"""Results of functions of plain data, kept for the next call alike.

``get_norm_layer("batchnorm2d")`` and ``to_2tuple(kernel_size)`` are called once for every layer.  What
such a function gives back depends on its arguments and on what is assumed, on nothing else: it gets no
module, no tensor and no list that someone could change.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Optional

from convbias_lint.analysis.machine import Arguments, Scope
from convbias_lint.analysis.state import GLOBAL
from convbias_lint.analysis.values import (
    NEVER,
    UNKNOWN,
    Choice,
    Class,
    Const,
    External,
    Function,
    Partial,
    Segment,
    Symbol,
    Tensor,
    Tuple,
    Value,
)

MAX_SIZE = 60
"""Larger values are not compared."""


def memo_key(function: Function, arguments: Arguments) -> Optional[Hashable]:
    """What the result of a call depends on; None where that cannot be said."""
    if arguments.open_positions or arguments.open_keywords or not _plain_scope(function.scope):
        return None
    parts: list[Any] = [id(function.node), id(function.scope)]
    room = [MAX_SIZE]
    for value in arguments.positional:
        parts.append(_key(value, room))
    for name, value in arguments.keywords.items():
        parts.append((name, _key(value, room)))
    return None if room[0] <= 0 else tuple(parts)


_inside: dict[Any, frozenset[Any]] = {}


def mentioned(key: Any) -> frozenset[Any]:
    """All that a key or condition is made of, itself included."""
    found = _inside.get(key)
    if found is None:
        parts = {key}
        for part in key if isinstance(key, tuple) else ():
            parts |= mentioned(part) if isinstance(part, tuple) else {part}
        if len(_inside) > 20_000:
            _inside.clear()
        found = _inside[key] = frozenset(part for part in parts if isinstance(part, tuple))
    return found


def relevant(key: Any, guard: frozenset[tuple[Any, bool]]) -> frozenset[tuple[Any, bool]]:
    """What of all that is assumed can matter to a function whose arguments have ``key``.

    That is what speaks of a symbol among them, and of values that are global.
    """
    spoken_of = mentioned(key)
    return frozenset(
        (atom, value)
        for atom, value in guard
        if atom[0] == GLOBAL or (atom[0] != "?" and _shares(atom, spoken_of)) or atom in spoken_of
    )


def _shares(atom: Any, spoken_of: frozenset[Any]) -> bool:
    if atom[1] == "training":
        return True
    return any(part in spoken_of for part in mentioned(atom) if part[:1] != ("const",))


def is_plain(value: Any) -> bool:
    """Whether a result may be given to several callers: nothing in it can be changed in place."""
    if value is UNKNOWN or value is NEVER:
        return True
    if isinstance(value, Choice):
        return value.size <= MAX_SIZE and is_plain(value.yes) and is_plain(value.no)
    if isinstance(value, Tuple):
        return len(value.items) <= MAX_SIZE and all(map(is_plain, value.items))
    room = [MAX_SIZE]
    _key(value, room)
    return room[0] > 0


def _plain_scope(scope: Optional[Scope]) -> bool:
    """Whether a function sees, besides globals, plain values only."""
    while scope is not None and scope.frame is not None:
        if not all(
            isinstance(value, (Const, Symbol, External, Function, Class)) for value in scope.vars.values()
        ):
            return False
        scope = scope.parent
    return True


def _key(value: Any, room: list[int]) -> Any:
    """A key for a plain value; for any other, ``room`` is used up."""
    room[0] -= 1
    if room[0] <= 0:
        return None
    kind = type(value)
    if kind is Const:
        try:
            hash(value.value)
        except TypeError:
            room[0] = 0
            return None
        return (type(value.value), value.value)
    if kind is Symbol:
        return ("symbol", value.key if isinstance(value.key, tuple) else (value.key,))
    if kind is External:
        return ("external", value.name)
    if kind is Class or kind is Function:
        return id(value)
    if kind is Choice:
        return ("choice", value.atom, _key(value.yes, room), _key(value.no, room))
    if kind is Segment:
        yes = tuple(_key(item, room) for item in value.yes)
        return ("segment", value.atom, yes, tuple(_key(item, room) for item in value.no))
    if kind is Tuple:
        return ("tuple", *(_key(item, room) for item in value.items))
    if kind is Partial:
        named = tuple((name, _key(item, room)) for name, item in value.kwargs.items())
        return ("partial", _key(value.func, room), tuple(_key(item, room) for item in value.args), named)
    room[0] = 0
    return None


def holds_data_only(value: Value) -> bool:
    """Whether a value is made of numbers, strings, symbols for them, and tensors without a shift."""
    if isinstance(value, Choice):
        return holds_data_only(value.yes) and holds_data_only(value.no)
    if isinstance(value, Tuple):
        return all(isinstance(item, Segment) or holds_data_only(item) for item in value.items)
    if isinstance(value, Tensor):
        return not value.shifts
    return value is UNKNOWN or isinstance(value, (Const, Symbol))
