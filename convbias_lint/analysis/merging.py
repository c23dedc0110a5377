"""Two values of one thing, one for each side of a branch, made into one."""

from __future__ import annotations

from typing import Any

from convbias_lint.analysis.values import (
    Atom,
    Bound,
    Choice,
    Const,
    External,
    Method,
    Segment,
    Symbol,
    Tuple,
)


def simplified(value: Any, atom: Atom, holds: bool) -> Any:
    """``value`` where ``atom`` is known: its choices on that atom are taken."""
    while type(value) is Choice and value.atom == atom:
        value = value.yes if holds else value.no
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal for certain (identity for whatever has an identity)."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if type(one) is Const:
        return type(one.value) is type(other.value) and one.value == other.value
    if type(one) is Symbol:
        return bool(one.key == other.key)
    if type(one) is Choice:
        return bool(one.atom == other.atom and same(one.yes, other.yes) and same(one.no, other.no))
    if type(one) is Bound:
        return one.func is other.func and one.self is other.self
    if type(one) is Method:
        return one.name == other.name and one.self is other.self
    if type(one) is Tuple:
        return len(one.items) == len(other.items) and all(map(same, one.items, other.items))
    return type(one) is External and bool(one.name == other.name)


def merged_tuples(atom: Atom, yes: Tuple, no: Tuple) -> Tuple:
    """One sequence for two: the common start, then a segment that depends on ``atom``."""
    one, other = _settled(yes.items, atom, True), _settled(no.items, atom, False)
    start = 0
    while start < len(one) and start < len(other) and _same_item(one[start], other[start]):
        start += 1
    one, other, common = one[start:], other[start:], one[:start]
    if not one and not other:
        return Tuple(common)
    return Tuple((*common, Segment(atom, one, other)))


def _settled(items: tuple[Any, ...], atom: Atom, holds: bool) -> tuple[Any, ...]:
    """``items`` with the segments that ``atom`` decides put in place."""
    if not any(type(item) is Segment and item.atom == atom for item in items):
        return items
    settled: list[Any] = []
    for item in items:
        if type(item) is Segment and item.atom == atom:
            settled.extend(_settled(item.yes if holds else item.no, atom, holds))
        else:
            settled.append(item)
    return tuple(settled)


def _same_item(one: Any, other: Any) -> bool:
    return one is other or (type(one) is not Segment and same(one, other))
