"""Built-in functions that go through items: range, zip, enumerate, sum, next …"""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.arithmetic import elementwise
from convbias_lint.analysis.conditions import on, plain_key, truth
from convbias_lint.analysis.indexing import MAX_REPEAT, any_number, item_at, iteration_items
from convbias_lint.analysis.introspection import (
    Builtin,
    first_argument,
)
from convbias_lint.analysis.layer import CallSite, Step
from convbias_lint.analysis.lengths import items_of, rank_of, settled_items
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.ordered import made
from convbias_lint.analysis.presence import entries
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.unseen import used_by_call
from convbias_lint.analysis.values import (
    CHILDREN,
    FALSE,
    TRUE,
    UNKNOWN,
    Choice,
    Const,
    Dict,
    Instance,
    List,
    Segment,
    Shape,
    Symbol,
    Tensor,
    Tuple,
    Value,
)

MAX_UNDECIDED = 4
"""How many undecided items len(), any() and all() look at before they give up."""


def length_of(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return m.state.lift(first_argument(arguments), lambda value: _length(m, value))


def _length(m: Machine, value: Value) -> Value:
    if isinstance(value, Symbol):
        return Symbol(("len", value.key), f"len({value.label})")
    if isinstance(value, Const):
        return Const(len(value.value)) if isinstance(value.value, (str, bytes)) else UNKNOWN
    items: Optional[tuple[Any, ...]] = items_of(m, value)
    if isinstance(value, Dict) and not value.open:
        items = entries(m, value, lambda key, _: key)
    if isinstance(value, Shape):
        return rank_of(value.tensor)
    if isinstance(value, Instance) and isinstance(value.state.get(CHILDREN), Tuple):
        items = value.state[CHILDREN].items  # type: ignore[attr-defined]
    if items is None:
        return UNKNOWN
    if _segments(items) > MAX_UNDECIDED:
        return Symbol(m.state.fresh("len"), "len(…)")
    return _count(m, items, 0)


def _segments(items: tuple[Any, ...], so_far: int = 0) -> int:
    """How many segments a sequence holds, nested ones too (or just more than the bound)."""
    for item in items:
        if isinstance(item, Segment) and so_far <= MAX_UNDECIDED:
            so_far = _segments(item.no, _segments(item.yes, so_far + 1))
    return so_far


def _count(m: Machine, items: tuple[Any, ...], so_far: int) -> Value:
    """The number of items; of a sequence of unknown length its name, so that loops over it agree."""
    for index, item in enumerate(items):
        if isinstance(item, Segment):
            if item.atom[0] == "length" and item.atom[2] == 1 and len(items) == 1:
                return Symbol(item.atom[1], "len(…)")
            rest = items[index + 1 :]
            return m.state.branch(
                item.atom,
                lambda: _count(m, (*item.yes, *rest), so_far + index),
                lambda: _count(m, (*item.no, *rest), so_far + index),
            )
    return Const(so_far + len(items))


def range_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    bounds = [m.state.resolve(value) for value in arguments.positional]
    if all(isinstance(bound, Const) and isinstance(bound.value, int) for bound in bounds) and bounds:
        numbers = range(*(bound.value for bound in bounds))  # type: ignore[attr-defined]
        if len(numbers) <= MAX_REPEAT:
            return Tuple([Const(number) for number in numbers])
    if any(isinstance(bound, Choice) for bound in bounds) and len(bounds) == 1:
        return m.state.lift(bounds[0], lambda bound: range_(m, Arguments.of(bound), site))
    start = bounds[0] if len(bounds) > 1 else Const(0)
    last = bounds[1] if len(bounds) > 1 else bounds[0] if bounds else UNKNOWN
    plain = isinstance(last, Symbol) and isinstance(start, Const) and start.value == 0 and len(bounds) < 3
    key = (
        last.key if plain and isinstance(last, Symbol) else ("range", *(plain_key(bound) for bound in bounds))
    )

    def item(rank: int) -> Value:
        if rank == 0 and isinstance(start, Const):
            return start
        # Any later number; with a known start its place in a list built by a like loop is known.
        place = None
        if len(bounds) < 3 and isinstance(start, Const) and isinstance(start.value, int) and start.value >= 0:
            place = start.value + rank
        return Symbol(("number", key, rank), "i", rank=place, least=place)

    return Tuple(any_number(m, key, item))


def zip_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if arguments.open_positions:
        return UNKNOWN
    return Tuple(_zipped(m, [iteration_items(m, value) for value in arguments.positional]))


def _zipped(m: Machine, columns: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    rows: list[Any] = []
    index = 0
    while columns and all(index < len(column) for column in columns):
        row = [column[index] for column in columns]
        atom = next((item.atom for item in row if isinstance(item, Segment)), None)
        if atom is not None:
            sides = [
                _zipped(m, [_decided(column[index:], atom, holds) for column in columns])
                for holds in (True, False)
            ]
            rows.append(Segment(atom, sides[0], sides[1]))
            return tuple(rows)
        rows.append(Tuple(row))
        index += 1
    return tuple(rows)


def _decided(items: tuple[Any, ...], atom: Any, holds: bool) -> tuple[Any, ...]:
    """``items`` where ``atom`` is known; columns of unknown length that are zipped are equally long."""
    out: list[Any] = []
    for item in items:
        alike = isinstance(item, Segment) and (
            item.atom == atom or (item.atom[0] == "length" == atom[0] and item.atom[2] == atom[2])
        )
        if alike:
            out.extend(_decided(item.yes if holds else item.no, atom, holds))
        else:
            out.append(item)
    return tuple(out)


def enumerate_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    start = arguments.get(1, "start")
    first = start.value if isinstance(start, Const) and isinstance(start.value, int) else 0
    counted = first if start is None or isinstance(start, Const) else None
    return Tuple(_numbered(iteration_items(m, first_argument(arguments)), first, counted, True))


def _numbered(items: tuple[Any, ...], index: int, counted: Optional[int], known: bool) -> tuple[Any, ...]:
    """Items with their numbers from ``index`` on; ``counted`` is the number of the first one, if it is known.

    ``known``: no items before these may be missing.
    """
    out: list[Any] = []
    this = next(made)
    for item in items:
        if isinstance(item, Segment):
            further = known and item.atom[0] == "length" and item.atom[2] == 1
            yes, no = (_numbered(part, index, counted, further) for part in (item.yes, item.no))
            out.append(Segment(item.atom, yes, no))
            known = further
        else:
            place: Value = Const(index)
            if not known or counted is None:
                least = index if counted is not None else None
                place = Symbol(("place", this, index), "i", rank=index - (counted or 0), least=least)
            out.append(Tuple((place, item)))
            index += 1
    return tuple(out)


def list_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return List(iteration_items(m, first_argument(arguments)) if arguments.positional else ())


def set_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``set(widths)``: what may be equal to an item before it is there in some configurations only."""
    kept: list[Any] = []
    for item in iteration_items(m, first_argument(arguments)) if arguments.positional else ():
        if not any(same(item, other) for other in kept):
            again = bool(kept) and isinstance(item, Symbol)
            kept.append(Segment(m.state.fresh("repeated"), (), (item,)) if again else item)
    return List(kept)


def sorted_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``sorted(names)``: in their order where that is known."""
    items = iteration_items(m, first_argument(arguments))
    if len(items) < 2 or all(isinstance(item, Symbol) for item in items):
        return List(items)
    settled = settled_items(m, Tuple(items))
    reverse = m.state.resolve(arguments.keywords.get("reverse", FALSE))
    if settled is not None and isinstance(reverse, Const) and {"reverse"}.issuperset(arguments.keywords):
        keys = [_sort_key(item) for item in settled]
        known = len(set(keys)) == len(keys) and None not in keys
        try:
            order = sorted(range(len(keys)), key=keys.__getitem__, reverse=bool(reverse.value))
        except TypeError:
            known = False
        if known:
            return List([settled[place] for place in order])
    m.use(Tuple(items), "an order that is not known")
    return List(any_number(m, None, lambda rank: UNKNOWN))


def _sort_key(item: Value) -> Any:
    """What decides where an item comes: a constant, also the first one of a pair."""
    first = item.items[0] if isinstance(item, Tuple) and item.items else item
    return first.value if isinstance(first, Const) else None


def tuple_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(iteration_items(m, first_argument(arguments)) if arguments.positional else ())


def reversed_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    def backwards(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            Segment(i.atom, backwards(i.yes), backwards(i.no)) if isinstance(i, Segment) else i
            for i in reversed(items)
        )

    return Tuple(backwards(iteration_items(m, first_argument(arguments))))


def sum_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    step = Step("sum", site.file, site.node.syntax) if site is not None else Step("sum", None, None)
    items = iteration_items(m, first_argument(arguments))
    start = arguments.get(1, "start")
    start = None if start is None else m.state.resolve(start)
    first = start if isinstance(start, (Tensor, Choice)) else None

    result = _added(m, items, first, step)
    if any(isinstance(item, (Tensor, Segment)) for item in (first, *items)):
        return result
    return Symbol(("sum", next(made)), "sum")


def _added(m: Machine, part: tuple[Any, ...], so_far: Optional[Value], step: Step) -> Value:
    for index, item in enumerate(part):
        if isinstance(item, Segment):
            rest, current = part[index + 1 :], so_far
            return m.state.branch(
                item.atom,
                lambda: _added(m, (*item.yes, *rest), current, step),
                lambda: _added(m, (*item.no, *rest), current, step),
            )
        so_far = item if so_far is None else elementwise(m, "+", so_far, item, step) or UNKNOWN
    return UNKNOWN if so_far is None else so_far


def any_or_all(name: str) -> Builtin:
    return lambda m, arguments, site: _decided_by(m, name, iteration_items(m, first_argument(arguments)))


def _decided_by(m: Machine, name: str, items: tuple[Any, ...], undecided: int = 0) -> Value:
    """``any(items)`` or ``all(items)``, as ``name`` says; so many of the items before these are undecided."""
    if undecided > MAX_UNDECIDED:
        return on(m, m.state.fresh(name))
    undecided += 1
    end, otherwise = (TRUE, FALSE) if name == "any" else (FALSE, TRUE)
    for index, item in enumerate(items):
        rest = items[index + 1 :]
        if isinstance(item, Segment):
            yes = _decided_by(m, name, (*item.yes, *rest), undecided)
            return on(m, item.atom, yes, _decided_by(m, name, (*item.no, *rest), undecided))
        value = truth(m, item)
        if isinstance(value, Const):
            if bool(value.value) is end.value:
                return end
            continue
        if not isinstance(value, Choice):
            return on(m, m.state.fresh(name))
        return m.state.lift(
            value,
            lambda side: (
                end
                if isinstance(side, Const) and bool(side.value) is end.value
                else _decided_by(m, name, rest, undecided)
            ),
        )
    return otherwise


def map_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) != 2:
        return UNKNOWN
    function = arguments.positional[0]

    def each(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            Segment(i.atom, each(i.yes), each(i.no))
            if isinstance(i, Segment)
            else m.call(function, Arguments.of(i), site)
            for i in items
        )

    return Tuple(each(iteration_items(m, arguments.positional[1])))


def next_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``next(self.parameters())``: the first item, where the call makes the iterator itself."""
    made = site.node.args[0].value if site is not None and site.node.args else None
    func = made.func if isinstance(made, ir.Call) else None
    fresh = (isinstance(func, ir.Attr) and func.name in _WALKS) or (
        isinstance(func, ir.Name) and func.id == "iter"
    )
    items = items_of(m, arguments.positional[0]) if fresh and arguments.positional else None
    if items is None:
        return used_by_call(m, arguments, site, "a call that is not followed")
    try:
        return item_at(m, items, 0)
    except Dead:
        return arguments.get(1, "default") or UNKNOWN


_WALKS = frozenset(
    ("parameters", "named_parameters", "buffers", "named_buffers", "modules", "children", "values", "items")
)
