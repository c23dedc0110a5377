"""Loops that hand values on from variable to variable, so that it takes several rounds until one arrives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from convbias_lint.analysis import ir
from convbias_lint.analysis.values import Segment

MAX_ROUNDS = 8
USUAL = 2
"""The rounds that stand for any number where nothing is handed on."""


def rounds_of(loop: ir.For | ir.While) -> int:
    """In how many rounds each variable has got what another one held before the loop.

    ``a, b, c = b, c, a`` takes three.
    """
    if loop.rounds is None:
        sources: dict[str, set[str]] = {}
        for target, source in _copies(loop.body):
            sources.setdefault(target, set()).add(source)
        lengths = dict.fromkeys(sources, 0)
        for _ in range(min(len(sources), MAX_ROUNDS)):
            lengths = {
                name: 1 + max(lengths.get(source, 0) for source in held) for name, held in sources.items()
            }
        longest = max(lengths.values(), default=0)
        loop.rounds = max(longest, USUAL)
    return loop.rounds


def longer(items: tuple[Any, ...], rounds: int) -> tuple[Any, ...]:
    """The items of something of unknown length, for as many rounds as are asked for."""
    if rounds <= USUAL or len(items) != 1 or not isinstance(items[0], Segment):
        return items
    first = items[0]
    if first.atom[0] != "length" or first.atom[2] != 1 or len(first.yes) != 2:
        return items
    start, second = first.yes
    if not isinstance(second, Segment) or len(second.yes) != 1:
        return items
    tail: tuple[Any, ...] = ()
    for number in range(rounds, 1, -1):
        tail = (Segment((*first.atom[:2], number), (second.yes[0], *tail), ()),)
    return (Segment(first.atom, (start, *tail), ()),)


def _copies(body: Iterable[ir.Stmt]) -> Iterator[tuple[str, str]]:
    """The variables that are given what another holds."""
    for statement in body:
        if isinstance(statement, ir.Assign):
            for target in statement.targets:
                yield from _pairs(target, statement.value)
        elif isinstance(statement, (ir.If, ir.For, ir.While)):
            yield from _copies((*statement.body, *statement.orelse))
        elif isinstance(statement, ir.With):
            yield from _copies(statement.body)


def _pairs(target: ir.Expr, value: ir.Expr) -> Iterator[tuple[str, str]]:
    if isinstance(target, ir.Name) and isinstance(value, ir.Name):
        yield target.id, value.id
    elif isinstance(target, ir.Display) and isinstance(value, ir.Display):
        for one, other in zip(target.items, value.items):
            yield from _pairs(one, other)
