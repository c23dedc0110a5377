"""The functions of the standard module ``operator``, ``functools.reduce``, and imports by a call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Optional

from convbias_lint.analysis.indexing import at
from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.lengths import settled_items
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.operators import binary
from convbias_lint.analysis.unseen import used_by_call
from convbias_lint.analysis.values import UNKNOWN, Const, External, ModuleValue, Partial, Tensor, Value

Known = Callable[[Machine, Arguments, Optional[CallSite]], Value]
_GETS, _CALLS, _TAKES = "operator.attrgetter(…)", "operator.methodcaller(…)", "operator.itemgetter(…)"
"""What makes the results of a function that these have made."""


def _unknown(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return used_by_call(m, arguments, site, "a call that is not followed")


def _made(name: str, most: int) -> Known:
    """``attrgetter("conv")``: a function, which is given an object later."""

    def make(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        first = m.state.resolve(arguments.positional[0]) if arguments.positional else UNKNOWN
        text = isinstance(first, Const) and isinstance(first.value, str)
        if len(arguments.positional) > most or arguments.open_positions or not (text or name is _TAKES):
            return _unknown(m, arguments, site)
        return Partial(External(name), (first, *arguments.positional[1:]), dict(arguments.keywords))

    return make


def _attribute(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    names, *objects = arguments.positional
    if len(objects) != 1 or not isinstance(names, Const):
        return _unknown(m, arguments, site)
    value = objects[0]
    for name in str(names.value).split("."):
        value = _attribute_of(m, value, name)
    return value


def _attribute_of(m: Machine, value: Value, name: str) -> Value:
    return m.state.lift(value, lambda side: m.attribute(side, name))


def _method(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The object comes last, behind the name and the arguments that were given first."""
    name, *given, obj = arguments.positional
    if not isinstance(name, Const):
        return _unknown(m, arguments, site)
    rest = Arguments.of(*given, **arguments.keywords)
    return m.call(_attribute_of(m, obj, str(name.value)), rest, site)


def _item(m: Machine, arguments: Arguments, site: Optional[CallSite], swapped: bool = False) -> Value:
    if len(arguments.positional) != 2 or arguments.open_positions:
        return _unknown(m, arguments, site)
    obj, index = reversed(arguments.positional) if swapped else arguments.positional
    if isinstance(m.state.resolve(obj), Tensor):
        return _unknown(m, arguments, site)
    return m.state.lift(obj, lambda side: m.state.lift(index, lambda key: at(m, side, key)))


def _operator(op: str) -> Known:
    def apply(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        if len(arguments.positional) != 2 or arguments.open_positions:
            return _unknown(m, arguments, site)
        left, right = arguments.positional
        return binary(m, op, left, right, m.here(op, site))

    return apply


def _reduce(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``functools.reduce(function, items)`` where it is known how many items there are."""
    items = settled_items(m, arguments.positional[1]) if len(arguments.positional) > 1 else None
    if items is None:
        return _unknown(m, arguments, site)
    rest = [*arguments.positional[2:3], *items]
    if not rest:
        return UNKNOWN
    result: Value = rest[0]
    for item in rest[1:]:
        result = m.call(arguments.positional[0], Arguments.of(result, item), site)
    return result


def _import(m: Machine, arguments: Arguments, site: Optional[CallSite], whole: bool = True) -> Value:
    """``importlib.import_module("torch.nn")`` is that module, ``__import__("torch.nn")`` is ``torch``."""
    name = m.state.resolve(arguments.positional[0]) if arguments.positional else UNKNOWN
    if not isinstance(name, Const) or not isinstance(name.value, str) or name.value.startswith("."):
        return _unknown(m, arguments, site)
    path = name.value if whole else name.value.partition(".")[0]
    file = m.loader.find(site.file.path, path, 0) if site is not None else None
    return External(path) if file is None else ModuleValue(file)


OPERATORS: dict[str, Known] = {
    "operator.attrgetter": _made(_GETS, 1),
    "operator.itemgetter": _made(_TAKES, 1),
    "operator.methodcaller": _made(_CALLS, 99),
    _GETS: _attribute,
    _TAKES: partial(_item, swapped=True),
    _CALLS: _method,
    "operator.getitem": _item,
    "operator.add": _operator("+"),
    "operator.sub": _operator("-"),
    "operator.mul": _operator("*"),
    "operator.truediv": _operator("/"),
    "functools.reduce": _reduce,
    "importlib.import_module": _import,
    "builtins.__import__": partial(_import, whole=False),
}
