"""Two values of one thing, one for each side of a branch, made into one."""

from __future__ import annotations

from typing import Any

from convbias_lint.analysis.values import (
    NEVER,
    Atom,
    Bound,
    Choice,
    Const,
    External,
    Method,
    Segment,
    Symbol,
    Tuple,
    Value,
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


# -- choices with fewer outcomes than ways to them ------------------------------------------------


def regrouped(choice: Choice) -> Value:
    """``choice`` with one alternative per outcome where a condition leaves every outcome open.

    Of ``{2: Conv2d, 3: Conv3d}[dim]`` with a ``dim`` that comes about in three ways, three layers of
    each class would be built and run, though it is all the same which way led to the class.
    """
    if choice.size < 4:
        return choice
    outcomes = _outcomes(choice.yes)
    if len(outcomes) < 2 or outcomes != _outcomes(choice.no):
        yes = regrouped(choice.yes) if type(choice.yes) is Choice else choice.yes
        no = regrouped(choice.no) if type(choice.no) is Choice else choice.no
        return choice if yes is choice.yes and no is choice.no else Choice(choice.atom, yes, no)
    ways: dict[Any, tuple[Value, list[Any]]] = {}
    _collect(choice, {}, ways)
    ordered = sorted(ways.values(), key=lambda entry: entry[0] is NEVER)
    result: Value = ordered[-1][0]
    for outcome, paths in reversed(ordered[:-1]):
        result = Choice(("any", *sorted(paths, key=repr)), outcome, result)
    return result


def _outcomes(value: Value) -> frozenset[Any]:
    if type(value) is Choice:
        return _outcomes(value.yes) | _outcomes(value.no)
    return frozenset((_outcome(value),))


def _outcome(value: Value) -> Any:
    return value.name if type(value) is External else id(value)


def _collect(value: Value, path: dict[Atom, bool], ways: dict[Any, tuple[Value, list[Any]]]) -> None:
    """The conditions under which a choice is each of its outcomes."""
    if type(value) is Choice:
        known = path.get(value.atom)
        for holds, side in ((True, value.yes), (False, value.no)):
            if known is not (not holds):
                _collect(side, {**path, value.atom: holds}, ways)
        return
    told = {atom[1] for atom, holds in path.items() if holds and _is_constant(atom)}
    # What is one constant is no other.
    needed = (
        (atom, holds)
        for atom, holds in path.items()
        if holds or not _is_constant(atom) or atom[1] not in told
    )
    ways.setdefault(_outcome(value), (value, []))[1].append(tuple(sorted(needed, key=repr)))


def _is_constant(atom: Atom) -> bool:
    return bool(atom[0] == "is" and isinstance(atom[2], tuple) and atom[2][0] != "class")
