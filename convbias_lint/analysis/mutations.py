"""Changes in place: ``obj[index] = value``, ``del obj[index]``, ``module.pop(index)``."""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis.conditions import constant_key, key_of
from convbias_lint.analysis.indexing import hashable
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.presence import lose_any, put, unsettle
from convbias_lint.analysis.texts import may_be
from convbias_lint.analysis.values import (
    CHILDREN,
    NEVER,
    UNKNOWN,
    Const,
    Dict,
    External,
    Instance,
    List,
    Segment,
    Symbol,
    Tuple,
    Value,
)


def assign_item(m: Machine, obj: Value, index: Value, value: Value) -> None:
    """``obj[index] = value``."""
    obj, index = m.state.resolve(obj), m.state.resolve(index)
    if isinstance(obj, Dict):
        if isinstance(index, Const) and hashable(index.value):
            put(m, obj, index.value, value)
            return
        key = key_of(index)
        if key is not None:  # ``parts[f"conv{i}"]``: one item for each time round
            if isinstance(index, Symbol):
                _replace_under(m, obj, index, value)
            put(m, obj, ("computed", key), value)
            return
        obj.open = True
        unsettle(m, obj.state)
        m.use(value, "an assignment to an unknown item")
    elif isinstance(obj, List):
        items = m.state.resolve(obj.state["items"])
        plain = items.items if isinstance(items, Tuple) else ()
        place = _place(plain, index)
        if place is None:
            m.use(obj, "an assignment to an unknown item")
            m.use(value, "an assignment to an unknown item")
            m.state.write(obj.state, "items", UNKNOWN)
        else:
            m.state.write(obj.state, "items", Tuple((*plain[:place], value, *plain[place + 1 :])))
    elif isinstance(obj, Instance):
        children = obj.state.get(CHILDREN)
        place = _child_place(children, index)
        if isinstance(children, Tuple) and place is not None:
            pair = Tuple((children.items[place].items[0], value))
            changed = (*children.items[:place], pair, *children.items[place + 1 :])
            m.state.write(obj.state, CHILDREN, Tuple(changed))
        elif isinstance(index, Const) and isinstance(index.value, str):
            m.write_attribute(obj, index.value, value)
        elif isinstance(children, Tuple) and isinstance(index, Symbol) and _is_dict(obj):
            # ``self.parts[f"conv{i}"]``: one child for each time round
            m.state.write(obj.state, CHILDREN, Tuple((*children.items, Tuple((index, value)))))
        else:
            lose_children(m, obj)
            m.use(value, "an assignment to an unknown item")
    else:
        m.use(obj, "an assignment to its items")
        m.use(value, "an assignment to an item")


def _replace_under(m: Machine, obj: Dict, index: Symbol, value: Value) -> None:
    """Put a value in place of the items whose keys the index may be."""
    for key, held in list(obj.state.items()):
        computed = isinstance(key, tuple) and key[:1] == ("computed",)
        if not computed and may_be(index, Const(key)):
            now = m.state.choose(("is", index.key, constant_key(key)), value, held)
            m.state.write(obj.state, key, now)


def _is_dict(obj: Instance) -> bool:
    return isinstance(obj.cls, External) and obj.cls.name.endswith("ModuleDict")


def delete_item(m: Machine, obj: Value, index: Value) -> Optional[Value]:
    """``del obj[index]``: what was there, or None where that is not known."""
    obj, index = m.state.resolve(obj), m.state.resolve(index)
    if isinstance(obj, Dict) and isinstance(index, Const) and hashable(index.value):
        held = obj.state.get(index.value, NEVER)
        m.state.write(obj.state, index.value, NEVER)
        return None if held is NEVER else held
    if isinstance(obj, List):
        items = m.state.resolve(obj.state["items"])
        plain = items.items if isinstance(items, Tuple) else ()
        place = _place(plain, index)
        if place is not None:
            m.state.write(obj.state, "items", Tuple((*plain[:place], *plain[place + 1 :])))
            return m.state.resolve(plain[place])
        m.use(obj, "a list that is not followed")
        m.state.write(obj.state, "items", UNKNOWN)
    elif isinstance(obj, Instance) and CHILDREN in obj.state:
        children = obj.state[CHILDREN]
        place = _child_place(children, index)
        if isinstance(children, Tuple) and place is not None:
            rest = (*children.items[:place], *children.items[place + 1 :])
            m.state.write(obj.state, CHILDREN, renumbered(rest))
            return m.state.resolve(children.items[place].items[1])
        lose_children(m, obj)
    else:
        m.use(obj, "a deletion")
        if isinstance(obj, Dict):
            lose_any(m, obj.state)
    return None


def renumbered(items: tuple[Any, ...]) -> Tuple:
    """Children that go by their number, once one has come or gone; names stay."""
    out: list[Any] = []
    for index, item in enumerate(items):
        key = UNKNOWN if isinstance(item, Segment) else item.items[0]
        number = key is UNKNOWN or (isinstance(key, Const) and str(key.value).isdigit())
        known = not any(isinstance(other, Segment) for other in items[: index + 1])
        out.append(Tuple((Const(str(index)), item.items[1])) if number and known else item)
    return Tuple(out)


def lose_children(m: Machine, obj: Instance) -> None:
    """From now on a container can hold anything."""
    children = obj.state.get(CHILDREN)
    if isinstance(children, Tuple):
        m.use(children, "a container that is not followed")
        m.state.write(obj.state, CHILDREN, Tuple((Tuple((UNKNOWN, UNKNOWN)),)))


def _place(plain: tuple[Any, ...], index: Value) -> Optional[int]:
    """The place that ``index`` names in a sequence, if that is known."""
    if not (isinstance(index, Const) and isinstance(index.value, int)):
        return None
    ahead = plain if index.value < 0 else plain[: index.value + 1]
    if any(isinstance(item, Segment) for item in ahead) or not -len(plain) <= index.value < len(plain):
        return None
    return index.value % len(plain)


def _child_place(children: Any, index: Value) -> Optional[int]:
    if not isinstance(children, Tuple):
        return None
    if isinstance(index, Symbol) or (isinstance(index, Const) and isinstance(index.value, str)):
        for place, child in enumerate(children.items):
            if isinstance(child, Segment):
                return None
            if key_of(child.items[0]) == key_of(index):
                return place
        return None
    return _place(children.items, index)
