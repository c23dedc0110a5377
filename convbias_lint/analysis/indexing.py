"""Items of lists, tuples, dicts, containers and tensors: iteration, subscripts, concatenation."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Optional

from convbias_lint.analysis import ir, lengths, parameters
from convbias_lint.analysis.conditions import constant_key, key_of
from convbias_lint.analysis.machine import Arguments, Machine, Scope
from convbias_lint.analysis.picking import any_item, option_item
from convbias_lint.analysis.presence import entries_in_order
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.tensor_items import parameter_item, tensor_item
from convbias_lint.analysis.texts import may_be
from convbias_lint.analysis.values import (
    CHILDREN,
    NEVER,
    UNKNOWN,
    Choice,
    Class,
    Const,
    Dict,
    External,
    Instance,
    List,
    Parameter,
    Parts,
    Segment,
    Shape,
    Symbol,
    Tensor,
    Tuple,
    Value,
)

MAX_REPEAT = 64


def hashable(value: object) -> bool:
    return isinstance(value, Hashable)


def any_number(m: Machine, key: Optional[Hashable], item: Any) -> tuple[Any, ...]:
    """The items of something of unknown length: none, one or two, standing for any number.

    ``item(rank)`` is the item of the first (0) and of any further (1) iteration.  ``key`` names the
    length, so that two loops of the same unknown length go round equally often.
    """
    if key is None:
        key = m.state.fresh("length")
    second = Segment(("length", key, 2), (item(1),), ())
    return (Segment(("length", key, 1), (item(0), second), ()),)


def iteration_items(m: Machine, value: Value) -> tuple[Any, ...]:
    """What ``for item in value`` goes through."""
    value = m.state.resolve(value)
    if isinstance(value, Choice):
        if value.yes is NEVER or value.no is NEVER:
            return iteration_items(m, value.no if value.yes is NEVER else value.yes)
        one, other = iteration_items(m, value.yes), iteration_items(m, value.no)
        return one if one == other else (Segment(value.atom, one, other),)
    items = lengths.items_of(m, value)
    if items is not None:
        return items
    if isinstance(value, Dict) and not value.open:
        return entries_in_order(m, value, lambda key, _: key)
    if isinstance(value, Instance):
        children = value.state.get(CHILDREN)
        if isinstance(children, Tuple):
            is_dict = isinstance(value.cls, External) and value.cls.name.endswith("Dict")
            return children_items(children.items, 0 if is_dict else 1)
    if isinstance(value, Const) and isinstance(value.value, str) and len(value.value) <= MAX_REPEAT:
        return tuple(Const(letter) for letter in value.value)
    if isinstance(value, Symbol):
        key = ("len", value.key)
        items = any_number(
            m, key, lambda rank: Symbol(("item", value.key, rank), f"{value.label}[{rank}]", rank=None)
        )
        if isinstance(value.default, Const) and isinstance(value.default.value, str):
            atom = ("is", value.key, ("str", value.default.value))
            return (Segment(atom, iteration_items(m, value.default), items),)
        return items
    if isinstance(value, Parts):
        part = value.part
        return any_number(m, None, lambda rank: part)
    if isinstance(value, Shape):
        known = lengths.dims(value.tensor)
        if known is not None:
            return known
    if isinstance(value, Class):
        return any_number(m, ("len", id(value)), lambda rank: Symbol(("member", id(value), rank), "member"))
    m.use(value, "a loop")
    if isinstance(value, (Tensor, Parameter)):
        return any_number(m, None, lambda rank: Tensor())
    return any_number(m, None, lambda rank: UNKNOWN)


def children_items(items: tuple[Any, ...], part: int) -> tuple[Any, ...]:
    """The names (0) or modules (1) of a container's children."""
    out: list[Any] = []
    for item in items:
        if isinstance(item, Segment):
            out.append(Segment(item.atom, children_items(item.yes, part), children_items(item.no, part)))
        else:
            out.append(item.items[part])
    return tuple(out)


def append(m: Machine, target: List, *values: Any) -> None:
    """``target.append(value)``; also for segments."""
    items = m.state.resolve(target.state["items"])
    if isinstance(items, Tuple):
        m.state.write(target.state, "items", Tuple((*items.items, *values)))
    else:
        for value in values:
            m.use(value, "a list that is not followed")


def combined(m: Machine, op: str, left: Value, right: Value) -> Value:
    """``list + list``, ``list * number``."""
    if op == "+":
        one, other = lengths.items_of(m, left), lengths.items_of(m, right)
        if one is not None and other is not None:
            items = (*one, *other)
            return Tuple(items) if isinstance(left, Tuple) else List(items)
    if op == "*":
        sequence, count = (left, right) if isinstance(left, (List, Tuple)) else (right, left)
        items = lengths.items_of(m, sequence) or ()
        repeated: Optional[tuple[Any, ...]] = None
        if (
            isinstance(count, Const)
            and isinstance(count.value, int)
            and count.value * len(items) <= MAX_REPEAT
        ):
            repeated = items * count.value
        elif isinstance(count, Symbol) and len(items) == 1:
            repeated = any_number(m, count.key, lambda rank: items[0])
        if repeated is not None:
            return Tuple(repeated) if isinstance(sequence, Tuple) else List(repeated)
    m.use(left, f"`{op}`")
    m.use(right, f"`{op}`")
    return UNKNOWN


def item_at(m: Machine, items: tuple[Any, ...], index: int, further: Optional[Value] = None) -> Value:
    """``items[index]``; a segment before it is decided first. Raises Dead past the end.

    ``further`` is the item that stands for all but the first of a sequence of unknown length.
    """
    order = range(len(items)) if index >= 0 else range(len(items) - 1, -1, -1)
    left = index if index >= 0 else -index - 1
    for place in order:
        item = items[place]
        if isinstance(item, Segment):
            before, behind = items[:place], items[place + 1 :]
            open_ = item.atom[0] == "length" and item.atom[2] == 2 and len(item.yes) == 1
            more = item.yes[0] if open_ and isinstance(item.yes[0], Value) else further
            return m.state.weigh(
                item.atom,
                lambda: item_at(m, (*before, *item.yes, *behind), index, more),
                lambda: item_at(m, (*before, *item.no, *behind), index, further),
            )
        if left == 0:
            return m.state.resolve(item)
        left -= 1
    if further is None:
        raise Dead
    return _far_item(m, items, m.state.resolve(further), index)


def _far_item(m: Machine, items: tuple[Any, ...], further: Value, index: int) -> Value:
    """An item beyond those that a sequence of unknown length is known by."""
    if isinstance(further, Symbol):
        # Not the symbol of another item: their values have nothing to do with each other.
        return Symbol(("far", further.key, index), further.label)
    return any_item(m, items)


def subscript(m: Machine, obj: Value, index_node: ir.Expr, scope: Scope) -> Value:
    """``obj[index]``."""
    if isinstance(index_node, ir.Slice) and not isinstance(obj, Parameter):
        bounds = [
            None if part is None else m.evaluate(part, scope)
            for part in (index_node.lower, index_node.upper, index_node.step)
        ]
        return _sliced(m, obj, bounds)
    if isinstance(obj, Tensor):
        return tensor_item(m, obj, index_node, scope)
    if isinstance(obj, Parameter):
        return parameter_item(m, obj, index_node, scope)
    index = m.evaluate(index_node, scope)
    return m.state.lift(index, lambda value: at(m, obj, value))


def at(m: Machine, obj: Value, index: Value) -> Value:
    """``obj[index]`` for an index without choices."""
    if isinstance(obj, Dict):
        return _dict_item(m, obj, index)
    if isinstance(obj, Instance):
        children = obj.state.get(CHILDREN)
        if not isinstance(children, Tuple):
            getter = m.attribute(obj, "__getitem__")
            return m.call(getter, Arguments.of(index), None)
        if isinstance(index, (Const, Symbol)) and not (
            isinstance(index, Const) and isinstance(index.value, int)
        ):
            named = _child_named(m, children.items, index)
            if named is not None:
                return named
        return _sequence_item(m, children_items(children.items, 1), index)
    items = lengths.items_of(m, obj)
    if items is not None:
        return _sequence_item(m, items, index)
    if isinstance(obj, Shape) and isinstance(index, Const) and isinstance(index.value, int):
        return lengths.length(obj.tensor, index.value)
    if isinstance(obj, Symbol):
        key = key_of(index)
        return UNKNOWN if key is None else Symbol(("item", obj.key, key), f"{obj.label}[…]")
    if isinstance(obj, Parts):
        return obj.part
    if isinstance(obj, Const) and isinstance(index, Const):
        try:
            return Const(obj.value[index.value])  # type: ignore[index]
        except (TypeError, IndexError, KeyError):
            return UNKNOWN
    if isinstance(obj, External):
        return obj  # a generic type with its parameters
    if isinstance(obj, Parameter):
        return parameters.item(obj, ["one"])
    m.use(obj, "an index")
    return UNKNOWN


def _sequence_item(m: Machine, items: tuple[Any, ...], index: Value) -> Value:
    if isinstance(index, Const) and isinstance(index.value, int):
        return item_at(m, items, int(index.value))
    if isinstance(index, Symbol) and index.rank is not None and index.rank >= 0:
        return item_at(m, items, index.rank)
    return option_item(m, items, index) or any_item(m, items)


def _child_named(m: Machine, items: tuple[Any, ...], index: Value) -> Optional[Value]:
    """The child of a name; None where that is not known: another one may have taken its place."""
    found = _named(items, index)
    return None if found is None or found is NEVER else m.state.resolve(found)


def _named(items: tuple[Any, ...], index: Value) -> Optional[Value]:
    """As _child_named, and NEVER where there is none of this name."""
    key = key_of(index)
    for place in range(len(items) - 1, -1, -1):
        child = items[place]
        if isinstance(child, Segment):
            yes, no = (_named((*items[:place], *side), index) for side in (child.yes, child.no))
            return None if yes is None or no is None else yes if yes is no else Choice(child.atom, yes, no)
        name = child.items[0]
        if key is not None and key_of(name) == key:
            return child.items[1]  # type: ignore[no-any-return]
        symbol, text = (name, index) if isinstance(name, Symbol) else (index, name)
        if isinstance(symbol, Symbol) and may_be(symbol, text):
            return None
    return NEVER


def _dict_item(m: Machine, obj: Dict, index: Value) -> Value:
    if isinstance(index, Const) and hashable(index.value):
        value = obj.state.get(index.value, NEVER)
        computed = any(isinstance(key, tuple) and key[:1] == ("computed",) for key in obj.state)
        if value is NEVER and (obj.open or computed):
            return any_item(m, tuple(obj.state.values())) if computed else UNKNOWN
        return m.state.resolve(value)
    if isinstance(index, Symbol) and len(obj.state) <= 32:
        result: Value = UNKNOWN if obj.open else NEVER
        for key, value in reversed(obj.state.items()):
            result = Choice(("is", index.key, constant_key(key)), value, result)
        return m.state.resolve(result)
    m.use(obj, "an item under an unknown key")
    return UNKNOWN


def _sliced(m: Machine, obj: Value, bounds: list[Optional[Value]]) -> Value:
    if isinstance(obj, Tensor):
        return Tensor(obj.shifts, obj.rank)
    numbers: list[Optional[int]] = []
    for bound in bounds:
        bound = None if bound is None else m.state.resolve(bound)
        if bound is None or (isinstance(bound, Const) and bound.value is None):
            numbers.append(None)
        elif isinstance(bound, Const) and isinstance(bound.value, int):
            numbers.append(bound.value)
        else:
            m.use(obj, "a slice")
            return UNKNOWN
    if isinstance(obj, Const) and isinstance(obj.value, (str, bytes)):
        return Const(obj.value[slice(*numbers)])
    children = obj.state.get(CHILDREN) if isinstance(obj, Instance) else None
    items = children.items if isinstance(children, Tuple) else lengths.items_of(m, obj)
    if items is None:
        m.use(obj, "a slice")
        return UNKNOWN

    def cut(rest: tuple[Any, ...]) -> Value:
        for place, item in enumerate(rest):
            if isinstance(item, Segment) and numbers != [None, None, None]:
                start, end = rest[:place], rest[place + 1 :]
                return m.state.branch(
                    item.atom, lambda: cut((*start, *item.yes, *end)), lambda: cut((*start, *item.no, *end))
                )
        part = rest[slice(*numbers)]
        if isinstance(obj, Instance):
            result = Instance(obj.cls, obj.origin)
            result.state[CHILDREN] = Tuple(part)
            return result
        return Tuple(part) if isinstance(obj, Tuple) else List(part)

    return cut(items)
