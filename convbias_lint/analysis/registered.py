"""The modules among the attributes of a module, as ``children()`` goes through them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from convbias_lint.analysis.classes import is_module_class
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.memo import mentioned
from convbias_lint.analysis.values import (
    CHILDREN,
    UNKNOWN,
    Choice,
    Class,
    Const,
    Instance,
    Segment,
    Symbol,
    Tuple,
    Value,
)


def named_children(m: Machine, instance: Instance) -> tuple[Any, ...]:
    """The names of an object's children with these, also of those there in some configurations only."""
    children = instance.state.get(CHILDREN)
    if isinstance(children, Tuple):
        return children.items
    return tuple(pair for name, value in instance.state.items() for pair in _pairs(m, Const(name), value))


def distinct_children(m: Machine, instance: Instance) -> tuple[Any, ...]:
    """The same as ``children()`` gives them: a module under a second name is passed over."""
    return tuple(_distinct(named_children(m, instance), set(), set()))


def _distinct(pairs: tuple[Any, ...], before: set[int], perhaps: set[int]) -> Iterator[Any]:
    """The pairs whose modules are not ``before``; for those that are ``perhaps``, anything."""
    for pair in pairs:
        if isinstance(pair, Segment):
            sides = [set(before), set(before)]
            yield Segment(
                pair.atom,
                tuple(_distinct(pair.yes, sides[0], perhaps)),
                tuple(_distinct(pair.no, sides[1], perhaps)),
            )
            perhaps = perhaps | sides[0] | sides[1]
            continue
        name, module = pair.items
        if id(module) not in before:
            yield Tuple((name, UNKNOWN)) if id(module) in perhaps else pair
        if isinstance(module, (LayerValue, Instance)):
            before.add(id(module))


def _pairs(m: Machine, name: Value, value: Value) -> tuple[Any, ...]:
    if isinstance(value, Choice):
        yes, no = _pairs(m, name, value.yes), _pairs(m, name, value.no)
        if not yes and not no:
            return ()
        anything = (Tuple((name, UNKNOWN)),)
        yes = anything if value.yes is UNKNOWN else yes
        no = anything if value.no is UNKNOWN else no
        return (Segment(value.atom, yes, no),)
    if isinstance(value, LayerValue) or (isinstance(value, Instance) and _is_module(value)):
        return (Tuple((name, value)),)
    if isinstance(value, Symbol) and _may_be_module(m, value):
        return (Segment(("registered", value.key), (Tuple((name, UNKNOWN)),), ()),)
    return ()


def _is_module(instance: Instance) -> bool:
    if isinstance(instance.cls, Class):
        return is_module_class(instance.cls)
    return instance.layer is not None or CHILDREN in instance.state


def _may_be_module(m: Machine, symbol: Symbol) -> bool:
    """Whether a caller may have passed a module: not where it is a number, or a layer is built with it."""
    key = symbol.key
    if not (isinstance(key, tuple) and key[0] == "parameter") or key in m.numbers:
        return False
    default = symbol.default
    if default is not None and not (isinstance(default, Const) and default.value is None):
        return False
    given = (part for layer in m.layers for part in layer.arguments.values() if isinstance(part, Symbol))
    return not any(part.key == key or key in mentioned(part.key) for part in given)
