"""Python's built-in functions, as far as model code needs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

from convbias_lint.analysis.conditions import plain_key, truth
from convbias_lint.analysis.introspection import (
    Builtin,
    delete_attribute,
    first_argument,
    get_attribute,
    has_attribute,
    is_callable,
    is_instance,
    is_subclass,
    set_attribute,
    super_,
    type_of,
)
from convbias_lint.analysis.iteration import (
    any_or_all,
    enumerate_,
    length_of,
    list_,
    map_,
    next_,
    range_,
    reversed_,
    set_,
    sorted_,
    sum_,
    tuple_,
    zip_,
)
from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.lengths import settled_items
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.presence import put, unsettle, update
from convbias_lint.analysis.scope_access import SCOPE_ACCESS
from convbias_lint.analysis.values import (
    FALSE,
    NONE,
    UNKNOWN,
    Const,
    Dict,
    Symbol,
    Value,
)


def _dict(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    result = Dict(open=arguments.open_keywords, given=arguments.given)
    for value in arguments.positional:
        value = m.state.resolve(value)
        if isinstance(value, Dict):
            update(m, result, value, fresh=True)
            continue
        items = settled_items(m, value)
        for item in items if items is not None else (UNKNOWN,):
            pair = settled_items(m, item)
            if pair is not None and len(pair) == 2 and isinstance(pair[0], Const):
                put(m, result, pair[0].value, pair[1], fresh=True)
            else:
                m.use(item, "a dict that is not followed")
                result.open = True
    if arguments.open_keywords:
        unsettle(m, result.state)
    update(m, result, Dict(dict(arguments.keywords)), fresh=True)
    return result


def _number(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """int, float, round, max, min …: a number that depends on numbers."""
    values = [m.state.resolve(value) for value in arguments.positional]
    for value in values:
        m.use(value, "a number")
    keys = tuple(plain_key(value) for value in values)
    return Symbol(
        ("number of", site.node.func.__class__ if site else "", id(site.node) if site else 0, keys), "number"
    )


def _convert(kind: Callable[..., Any]) -> Builtin:
    def convert(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        values = [m.state.resolve(value) for value in arguments.positional]
        constants = [value.value for value in values if isinstance(value, Const)]
        if constants and len(constants) == len(values) and not arguments.keywords:
            try:
                return Const(kind(*constants))
            except (TypeError, ValueError, OverflowError):
                return UNKNOWN
        return _number(m, arguments, site)

    return convert


def _extreme(kind: Callable[..., Any]) -> Builtin:
    def extreme(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        values = [m.state.resolve(value) for value in arguments.positional]
        numbers = [v.value for v in values if isinstance(v, Const) and isinstance(v.value, (int, float))]
        if len(numbers) == len(values) > 1 and not arguments.keywords:
            return Const(kind(*numbers))
        return _number(m, arguments, site)

    return extreme


def _bool(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return truth(m, first_argument(arguments)) if arguments.positional else FALSE


def _text(kind: Callable[[object], str]) -> Builtin:
    def text(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        value = m.state.resolve(first_argument(arguments))
        if isinstance(value, Const):
            return Const(kind(value.value))
        return Symbol((kind.__name__, value.key), "str") if isinstance(value, Symbol) else UNKNOWN

    return text


def _print(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return NONE


BUILTINS: dict[str, Builtin] = {
    "len": length_of,
    "range": range_,
    "zip": zip_,
    "enumerate": enumerate_,
    "list": list_,
    "set": set_,
    "sorted": sorted_,
    "frozenset": set_,
    "iter": tuple_,
    "tuple": tuple_,
    "reversed": reversed_,
    "dict": _dict,
    "isinstance": is_instance,
    "issubclass": is_subclass,
    "getattr": get_attribute,
    "hasattr": has_attribute,
    "setattr": set_attribute,
    "delattr": delete_attribute,
    "super": super_,
    "sum": sum_,
    "type": type_of,
    "int": _convert(int),
    "float": _convert(float),
    "abs": _convert(abs),
    "round": _convert(round),
    "max": _extreme(max),
    "min": _extreme(min),
    "pow": _number,
    "divmod": _number,
    "bool": _bool,
    "callable": is_callable,
    "str": _text(str),
    "repr": _text(repr),
    "print": _print,
    "any": any_or_all("any"),
    "all": any_or_all("all"),
    "map": map_,
    "next": next_,
    **SCOPE_ACCESS,
}
