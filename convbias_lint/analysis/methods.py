"""Methods that the evaluator itself provides: of lists, dicts, strings, tensors, layers and containers."""

from __future__ import annotations

import re
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.conditions import constant_key, key_of
from convbias_lint.analysis.in_place import changed_in_place
from convbias_lint.analysis.indexing import append, hashable, iteration_items
from convbias_lint.analysis.keras_access import RUNNING, is_functional, is_keras_model, named_layer
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.module_methods import LAYER_METHODS, MODULE_METHODS, Implementation
from convbias_lint.analysis.presence import entries_in_order, lose_any, or_else, put, unsettle, update
from convbias_lint.analysis.tensors import call_operation
from convbias_lint.analysis.texts import braces
from convbias_lint.analysis.values import (
    NEVER,
    NONE,
    UNKNOWN,
    Const,
    Dict,
    Instance,
    List,
    Method,
    Parameter,
    Segment,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.analysis.views import call_view
from convbias_lint.layers.torch_functions import OPS, Op

_IN_PLACE = re.compile(r"[a-z]\w*[^_]_")


def call_method(m: Machine, self_: Value, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``self_.name(*arguments)``."""
    if isinstance(self_, (Tensor, Parameter)):
        if name == "masked_fill_" or name.startswith("register_"):
            m.use(self_, name)
            return UNKNOWN
        if isinstance(self_, Parameter) and name.endswith("_"):
            for value in arguments.all():
                m.use(value, name)
            return self_  # set in place, not read
        if isinstance(self_, Parameter) and not m.building and OPS.get(name) is not Op.QUERY:
            m.use(self_, f"`.{name}()`")
        if isinstance(self_, Tensor) and site is not None and _IN_PLACE.fullmatch(name):
            target = site.node.func.obj if isinstance(site.node.func, ir.Attr) else site.node.func
            for value in arguments.all() or (NONE,):
                changed_in_place(m, self_, name, value, site.scope, target)
        return call_operation(m, name, arguments.behind(self_), site)
    if isinstance(self_, Method):
        return call_view(m, self_, name, arguments, site)
    if isinstance(self_, (Instance, LayerValue)) and name.startswith("register_forward"):
        own = bool(m.building) and m.building[-1][0] is self_
        if not own:  # what a hook makes of the input and the output is not known
            m.write_attribute(self_, "forward", UNKNOWN)
    table = _METHODS.get(type(self_), {})
    method = table.get(name)
    if method is not None:
        return method(m, self_, arguments, site)
    if isinstance(self_, Const) and isinstance(self_.value, str):
        return _string(m, self_.value, name, arguments)
    if isinstance(self_, Symbol):
        for value in arguments.all():
            m.use(value, "a call that is not followed")
        keys = tuple(key_of(value) for value in arguments.positional)
        return (
            UNKNOWN if None in keys else Symbol(("method", self_.key, name, keys), f"{self_.label}.{name}()")
        )
    if isinstance(self_, (Instance, LayerValue)) and name in _HARMLESS:
        return self_
    if name == "get_layer" and is_functional(self_):
        return named_layer(m, arguments)
    if name in RUNNING and is_keras_model(self_):
        for value in arguments.all():
            m.use(value, f"`.{name}()`")
        return UNKNOWN
    if isinstance(self_, Dict):
        self_.open = self_.state.mixed = True  # ``move_to_end``, ``popitem`` …
    m.use(self_, f"`.{name}()`")
    for value in arguments.all():
        m.use(value, f"`.{name}()`")
    return UNKNOWN


_HARMLESS = frozenset(
    (
        "to",
        "train",
        "eval",
        "cuda",
        "cpu",
        "half",
        "float",
        "double",
        "bfloat16",
        "type",
        "requires_grad_",
        "apply",
        "share_memory",
        "zero_grad",
        "compile",
        "reset_parameters",
        "to_empty",
        "xpu",
        "ipu",
        "load_state_dict",
        "build",
        "summary",
        "compute_output_shape",
        "count_params",
        "load_weights",
    )
)
"""Methods of torch.nn.Module that return the module or whose result nobody runs."""


def _string(m: Machine, text: str, name: str, arguments: Arguments) -> Value:
    values = [m.state.resolve(value) for value in arguments.all()]
    if name in (
        "lower",
        "upper",
        "strip",
        "format",
        "startswith",
        "endswith",
        "replace",
        "title",
        "split",
        "rstrip",
    ):
        if all(isinstance(value, Const) for value in values) and not arguments.keywords:
            try:
                result = getattr(text, name)(*(value.value for value in values if isinstance(value, Const)))
            except (TypeError, ValueError, IndexError, KeyError):
                return UNKNOWN
            return List([Const(part) for part in result]) if isinstance(result, list) else Const(result)
        if name == "format":
            named = {key: m.state.resolve(value) for key, value in arguments.keywords.items()}
            return braces(text, [m.state.resolve(value) for value in arguments.positional], named)
        keys = tuple(key_of(value) for value in values)
        return UNKNOWN if None in keys else Symbol(("string", text, name, keys), "text")
    if name == "join" and values:
        for value in values:
            m.use(value, "join")
    return UNKNOWN


# -- lists ----------------------------------------------------------------------------------------


def _append(m: Machine, self_: List, arguments: Arguments, site: Optional[CallSite]) -> Value:
    for value in arguments.positional:
        append(m, self_, value)
    return NONE


def _extend(m: Machine, self_: List, arguments: Arguments, site: Optional[CallSite]) -> Value:
    for value in arguments.positional:
        append(m, self_, *iteration_items(m, value))
    return NONE


def _insert(m: Machine, self_: List, arguments: Arguments, site: Optional[CallSite]) -> Value:
    items = m.state.resolve(self_.state["items"])
    place, value = arguments.get(0, "index"), arguments.get(1, "object")
    if (
        isinstance(items, Tuple)
        and isinstance(place, Const)
        and isinstance(place.value, int)
        and value is not None
    ):
        before = items.items[: place.value]
        if not any(isinstance(item, Segment) for item in before) and place.value >= 0:
            m.state.write(self_.state, "items", Tuple((*before, value, *items.items[place.value :])))
            return NONE
    return _lose(m, self_, arguments, site)


def _pop(m: Machine, self_: List, arguments: Arguments, site: Optional[CallSite]) -> Value:
    items = m.state.resolve(self_.state["items"])
    index = arguments.get(0, "index") or Const(-1)
    if isinstance(items, Tuple) and isinstance(index, Const) and isinstance(index.value, int):
        plain = items.items
        if (
            plain
            and not any(isinstance(item, Segment) for item in plain)
            and -len(plain) <= index.value < len(plain)
        ):
            place = index.value % len(plain)
            m.state.write(self_.state, "items", Tuple((*plain[:place], *plain[place + 1 :])))
            return m.state.resolve(plain[place])
    return _lose(m, self_, arguments, site)


def _reverse(m: Machine, self_: List, arguments: Arguments, site: Optional[CallSite]) -> Value:
    items = m.state.resolve(self_.state["items"])
    if isinstance(items, Tuple) and not any(isinstance(item, Segment) for item in items.items):
        m.state.write(self_.state, "items", Tuple(items.items[::-1]))
        return NONE
    return _lose(m, self_, arguments, site)


def _lose(m: Machine, self_: List, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """An operation that is not followed: from now on the list can hold anything."""
    m.use(self_, "a list that is not followed")
    for value in arguments.all():
        m.use(value, "a list that is not followed")
    m.state.write(self_.state, "items", UNKNOWN)
    return UNKNOWN


def _copy(m: Machine, self_: Any, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if isinstance(self_, Dict):
        return Dict(self_.state, self_.open, self_.given)
    result = List(())
    result.state["items"] = self_.state["items"]
    return result


def _clear(m: Machine, self_: List, arguments: Arguments, site: Optional[CallSite]) -> Value:
    m.state.write(self_.state, "items", Tuple(()))
    return NONE


# -- dicts ----------------------------------------------------------------------------------------


def _get(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    key = m.state.resolve(arguments.positional[0]) if arguments.positional else UNKNOWN
    fallback = arguments.get(1, "default") or NONE
    if isinstance(key, Const) and hashable(key.value):
        if self_.open:
            fallback = Symbol(("get", self_.state.number, key.value), str(key.value), fallback)
        return m.state.resolve(or_else(m, self_.state.get(key.value, NEVER), fallback))
    if isinstance(key, Symbol) and not self_.open and len(self_.state) <= 32:
        result: Value = fallback
        for name, value in reversed(self_.state.items()):
            value = or_else(m, value, fallback)
            result = m.state.choose(("is", key.key, constant_key(name)), value, result)
        return m.state.resolve(result)
    m.use(self_, "an item under an unknown key")
    return UNKNOWN


def _dict_pop(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = _get(m, self_, arguments, site)
    key = m.state.resolve(arguments.positional[0]) if arguments.positional else UNKNOWN
    if not isinstance(key, Const):
        lose_any(m, self_.state)
    elif key.value in self_.state:
        m.state.write(self_.state, key.value, NEVER)
    return value


def _popitem(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    m.use(self_, "`.popitem()`")
    lose_any(m, self_.state)
    return UNKNOWN


def _dict_clear(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    for key in list(self_.state):
        m.state.write(self_.state, key, NEVER)
    return NONE


def _setdefault(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    key = m.state.resolve(arguments.positional[0]) if arguments.positional else UNKNOWN
    value = arguments.get(1, "default") or NONE
    if isinstance(key, Const) and hashable(key.value):
        if self_.open:
            value = Symbol(("get", self_.state.number, key.value), str(key.value), value)
        value = or_else(m, self_.state.get(key.value, NEVER), value)
        put(m, self_, key.value, value)
        return m.state.resolve(value)
    m.use(value, "a dict under an unknown key")
    return UNKNOWN


def _update(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    for value in arguments.positional:
        value = m.state.resolve(value)
        if not isinstance(value, Dict) or value.open:
            unsettle(m, self_.state)
        if isinstance(value, Dict):
            update(m, self_, value)
        else:
            m.use(value, "a dict that is not followed")
            self_.open = self_.given = True
    if arguments.open_keywords:
        unsettle(m, self_.state)
        self_.open = True
        self_.given |= arguments.given
    for name, item in arguments.keywords.items():
        put(m, self_, name, item)
    return NONE


def _dict_items(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(entries_in_order(m, self_, lambda key, value: Tuple((key, value))))


def _dict_keys(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(entries_in_order(m, self_, lambda key, _: key))


def _dict_values(m: Machine, self_: Dict, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(entries_in_order(m, self_, lambda _, value: value))


_METHODS: dict[type, dict[str, Implementation]] = {
    List: {
        "append": _append,
        "add": _append,
        "extend": _extend,
        "update": _extend,
        "insert": _insert,
        "pop": _pop,
        "reverse": _reverse,
        "copy": _copy,
        "clear": _clear,
        **dict.fromkeys(("sort", "remove", "index", "discard"), _lose),
        **dict.fromkeys(("difference_update", "intersection_update", "symmetric_difference_update"), _lose),
    },
    Dict: {
        "get": _get,
        "pop": _dict_pop,
        "popitem": _popitem,
        "setdefault": _setdefault,
        "update": _update,
        "items": _dict_items,
        "keys": _dict_keys,
        "values": _dict_values,
        "copy": _copy,
        "clear": _dict_clear,
    },
    Instance: MODULE_METHODS,
    LayerValue: LAYER_METHODS,
}
