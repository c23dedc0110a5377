"""Results of functions of plain data, kept for the next call alike.

``get_norm_layer("batchnorm2d")`` and ``to_2tuple(kernel_size)`` are called once for every layer.  What
such a function gives back depends on its arguments and on what is assumed, on nothing else: it gets no
module, no tensor and no list that someone could change.
"""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.machine import Arguments, Machine, Scope
from convbias_lint.analysis.state import GLOBAL
from convbias_lint.analysis.values import (
    NEVER,
    UNKNOWN,
    Choice,
    Class,
    Const,
    External,
    Function,
    List,
    Partial,
    Segment,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Effect

MAX_SIZE = 60
"""Larger values are not compared."""


class Call:
    """A call of a function of plain data: ``key`` is what its result depends on, besides assumptions.

    ``known``: all of the arguments are.  ``loose``: an argument is unknown, and may be another one
    next time.
    """

    __slots__ = ("_held", "key", "known", "loose")

    def __init__(self, key: tuple[Any, ...], known: bool, loose: bool, held: Any) -> None:
        self.key = key
        self.known = known
        self.loose = loose
        self._held = held  # the key names parts of it by their ids

    def may_share(self, result: Value, since: int) -> bool:
        """Whether calls alike may be given the same result; lists made ``since`` then, a copy each."""
        return _is_settled(result, since) if self.loose else is_plain(result, since)


def described(function: Function, arguments: Arguments) -> Optional[Call]:
    """What the result of a call depends on; None where that cannot be said."""
    if arguments.open_positions or arguments.open_keywords:
        return None
    around = _Look()
    parts: list[Any] = [id(function.node), id(function.scope), _surroundings(function.scope, around)]
    parts += [(name, _key(default, around)) for name, default in function.defaults.items()]
    if around.room <= 0 or around.met_unknown:
        return None
    look = _Look()
    known, loose = True, False
    for name, value in (
        *((None, value) for value in arguments.positional),
        *arguments.keywords.items(),
    ):
        look.met_unknown = False
        part = _key(value, look)
        if look.room <= 0:
            return None
        if look.met_unknown:
            known = False
            if value is UNKNOWN:
                loose = True
            else:
                part = (part, id(value))  # what is unknown in it is the same in one and the same value
        parts.append(part if name is None else (name, part))
    return Call(tuple(parts), known, loose, (function, arguments, around.held, look.held))


class _Look:
    """A look at values: how many more may be looked at, and whether one was unknown."""

    __slots__ = ("held", "met_unknown", "room", "scopes")

    def __init__(self) -> None:
        self.room = MAX_SIZE
        self.met_unknown = False
        self.scopes: set[int] = set()
        """The scopes that were looked into."""
        self.held: list[Any] = []
        """The values that keys name by their ids."""


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
        if atom[0] == GLOBAL
        or (atom[0] != "?" and atom[1] == "training")
        or not _telling(atom).isdisjoint(spoken_of)
    )


_parts: dict[int, tuple[Any, frozenset[Any]]] = {}
"""By the id of a condition, that condition and what it is made of: to hash one takes long."""


def _telling(atom: Any) -> frozenset[Any]:
    """What a condition shares with others that speak of the same: all it is made of but constants."""
    known = _parts.get(id(atom))
    if known is None:
        parts = {atom} if atom[0] == "?" else {part for part in mentioned(atom) if part[:1] != ("const",)}
        if len(_parts) > 20_000:
            _parts.clear()
        known = _parts[id(atom)] = atom, frozenset(parts)
    return known[1]


def is_plain(value: Any, since: int) -> bool:
    """Whether a result may be given to several callers: nothing in it can be changed in place.

    What can be, lists made ``since`` then and tensors that nothing is known of, each gets a copy of.
    """
    kind = type(value)
    if value is UNKNOWN or value is NEVER:
        return True
    if kind is Choice:
        return value.size <= MAX_SIZE and is_plain(value.yes, since) and is_plain(value.no, since)
    if kind is Tuple:
        return _are_plain(value.items, since)
    if kind is Segment:
        return _are_plain(value.yes, since) and _are_plain(value.no, since)
    if kind is List:
        return value.number > since and is_plain(value.state["items"], since)
    if kind is Tensor:
        return not value.shifts and value.maker is None and value.stack is None
    look = _Look()
    _key(value, look)
    return look.room > 0


def _are_plain(items: tuple[Any, ...], since: int) -> bool:
    return len(items) <= MAX_SIZE and all(is_plain(item, since) for item in items)


def _is_settled(value: Any, since: int) -> bool:
    """Whether a result is the same whatever the unknown arguments are."""
    kind = type(value)
    if kind is Tuple:
        return len(value.items) <= MAX_SIZE and all(_is_settled(item, since) for item in value.items)
    if kind is List:
        return value.number > since and _is_settled(value.state["items"], since)
    return value is UNKNOWN or kind is Const or kind is External or kind is Class


def copied(value: Any) -> Any:
    """A plain result for one more caller, who may change the lists in it."""
    kind = type(value)
    if kind is List:
        fresh = List(())
        fresh.state["items"] = copied(value.state["items"])
        return fresh
    if kind is Tensor:
        return Tensor((), value.rank, value.dims)
    if kind is Tuple:
        items = _copies(value.items)
        return value if items is value.items else Tuple(items)
    if kind is Segment:
        one, other = _copies(value.yes), _copies(value.no)
        return value if one is value.yes and other is value.no else Segment(value.atom, one, other)
    if kind is Choice:
        yes, no = copied(value.yes), copied(value.no)
        return value if yes is value.yes and no is value.no else Choice(value.atom, yes, no)
    return value


def _copies(items: tuple[Any, ...]) -> tuple[Any, ...]:
    copies = tuple(map(copied, items))
    return items if all(one is other for one, other in zip(copies, items)) else copies


def _surroundings(scope: Optional[Scope], look: _Look) -> tuple[Any, ...]:
    """A key for what a function or class in ``scope`` sees besides globals, as :func:`_key` has it."""
    parts: list[Any] = []
    while scope is not None:
        # The names of a class body are not seen from inside its functions.
        if scope.frame is not None and id(scope) not in look.scopes:
            look.scopes.add(id(scope))
            parts += [(name, _key(value, look)) for name, value in scope.vars.items()]
        scope = scope.parent
    return tuple(parts)


def _key(value: Any, look: _Look) -> Any:
    """A key for a plain value; for any other, the room is used up."""
    look.room -= 1
    if look.room <= 0:
        return None
    kind = type(value)
    if kind is Const:
        try:
            hash(value.value)
        except TypeError:
            look.room = 0
            return None
        return (type(value.value), value.value)
    if kind is Symbol:
        return ("symbol", value.key if isinstance(value.key, tuple) else (value.key,))
    if kind is External:
        return ("external", value.name)
    if kind is Class or kind is Function:
        look.held.append(value)
        return (id(value), _surroundings(value.scope, look))
    if kind is Choice:
        return ("choice", value.atom, _key(value.yes, look), _key(value.no, look))
    if kind is Segment:
        yes = tuple(_key(item, look) for item in value.yes)
        return ("segment", value.atom, yes, tuple(_key(item, look) for item in value.no))
    if kind is Tuple:
        return ("tuple", *(_key(item, look) for item in value.items))
    if kind is Partial:
        named = tuple((name, _key(item, look)) for name, item in value.kwargs.items())
        return ("partial", _key(value.func, look), tuple(_key(item, look) for item in value.args), named)
    if value is UNKNOWN:
        look.met_unknown = True
        return "unknown"
    look.room = 0
    return None


def may_norm(m: Machine, function: Function) -> bool:
    """Whether a function names a norm of the table, after whatever it asks of its arguments."""
    if isinstance(function.node, ir.Lambda):
        return False
    if m.norm_names is None:
        m.norm_names = {
            name.rsplit(".", 1)[-1] for name, row in m.rows.items() if row.effect is Effect.CANCELS
        }
    return not m.norm_names.isdisjoint(function.node.names)


def holds_data_only(value: Value) -> bool:
    """Whether a value is made of numbers, strings, symbols for them, and tensors without a shift."""
    if isinstance(value, Choice):
        return holds_data_only(value.yes) and holds_data_only(value.no)
    if isinstance(value, Tuple):
        return all(isinstance(item, Segment) or holds_data_only(item) for item in value.items)
    if isinstance(value, Tensor):
        return not value.shifts
    return value is UNKNOWN or isinstance(value, (Const, Symbol))
