"""Methods of torch.nn.Module and its containers, as far as model code calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Optional

from convbias_lint.analysis import ir, views
from convbias_lint.analysis.builders import add_children, add_numbered, fill_container
from convbias_lint.analysis.classes import is_module_class
from convbias_lint.analysis.conditions import key_of
from convbias_lint.analysis.indexing import children_items, iteration_items
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.mutations import delete_item, lose_children, renumbered
from convbias_lint.analysis.registered import distinct_children, named_children
from convbias_lint.analysis.values import (
    CHILDREN,
    NONE,
    UNKNOWN,
    Choice,
    Const,
    Instance,
    Method,
    Parameter,
    Segment,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.analysis.views import use_inside

Implementation = Callable[[Machine, Any, Arguments, Optional[CallSite]], Value]


def _add_module(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    name, value = arguments.get(0, "name"), arguments.get(1, "module")
    if name is None or value is None:
        return UNKNOWN
    name = m.state.resolve(name)
    if isinstance(name, Const) and isinstance(name.value, str):
        m.write_attribute(self_, name.value, value)
    elif CHILDREN in self_.state:
        add_children(m, self_, [Tuple((name, value))])
    else:
        m.write_attribute(self_, repr(key_of(name) or m.state.fresh("name")), value)
    return NONE


def _module_append(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if CHILDREN not in self_.state:
        return _kept(m, arguments)
    add_numbered(m, self_, arguments.positional)
    return self_


def _module_extend(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if CHILDREN not in self_.state:
        return _kept(m, arguments)
    for value in arguments.positional:
        add_numbered(m, self_, iteration_items(m, value))
    return self_


def _module_insert(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    children, place = self_.state.get(CHILDREN), arguments.get(0, "index")
    value = arguments.get(1, "module")
    if (
        isinstance(children, Tuple)
        and isinstance(place, Const)
        and isinstance(place.value, int)
        and value is not None
    ):
        before = children.items[: place.value]
        if place.value >= 0 and not any(isinstance(item, Segment) for item in before):
            items = (*before, Tuple((UNKNOWN, value)), *children.items[place.value :])
            m.state.write(self_.state, CHILDREN, renumbered(items))
            return self_
    m.use(Tuple(arguments.all()), "insert")
    lose_children(m, self_)
    return UNKNOWN


def _module_clear(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if CHILDREN not in self_.state:
        m.use(self_, "an object that is not followed")
        return UNKNOWN
    m.state.write(self_.state, CHILDREN, Tuple(()))
    return NONE


def _module_pop(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    held = delete_item(m, self_, arguments.get(0, "key") or Const(-1))
    return UNKNOWN if held is None else held


def _module_update(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if CHILDREN not in self_.state:
        return _kept(m, arguments)
    fill_container(m, "ModuleDict", self_, arguments)
    return NONE


def _kept(m: Machine, arguments: Arguments) -> Value:
    """An object of another class, a list of its own say, keeps what it is given."""
    for value in arguments.all():
        m.use(value, "an object that is not followed")
    return UNKNOWN


def _children(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(children_items(distinct_children(m, self_), 1))


def _values(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(children_items(named_children(m, self_), 1))


def _names(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    children = self_.state.get(CHILDREN)
    return Tuple(children_items(children.items, 0)) if isinstance(children, Tuple) else UNKNOWN


def _named_children(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(distinct_children(m, self_))


def _items(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(named_children(m, self_))


def _submodule(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``block.get_submodule("norm")``: a part that may be run by itself."""
    path = m.state.resolve(arguments.get(0, "target") or UNKNOWN)
    found: Value = self_
    for name in path.value.split(".") if isinstance(path, Const) and isinstance(path.value, str) else ("",):
        found = m.state.lift(found, lambda value: m.attribute(value, name))
        if isinstance(found, Method) or found is UNKNOWN:
            use_inside(m, self_)
            return UNKNOWN
    return found


def _eval(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """A norm in evaluation mode subtracts its running mean: a shift that training moves stays.

    A whole model that its ``__init__``, a function or a script puts in evaluation mode, loaded for
    inference, is taken out of it again by whoever trains it.
    """
    is_layer = isinstance(self_, LayerValue) or (isinstance(self_, Instance) and self_.layer is not None)
    if is_layer or not (m.building or _for_inference(site)):
        _freeze(self_, set())
    return self_


def _for_inference(site: Optional[CallSite]) -> bool:
    """``model.eval()`` outside of any model: neither a part of one, nor while one runs."""
    if site is None or not isinstance(site.node.func, ir.Attr):
        return False
    frame = site.scope.frame
    owner = frame.function.owner if frame is not None and frame.function is not None else None
    part = isinstance(site.node.func.obj, (ir.Attr, ir.Subscript))
    return not part and (owner is None or not is_module_class(owner))


def _train(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    mode = arguments.get(0, "mode")
    if mode is not None and not (isinstance(mode, Const) and mode.value):
        return _eval(m, self_, arguments, site)
    return self_


def _freeze(value: Any, seen: set[int]) -> None:
    """Note of every norm in ``value`` that it is in evaluation mode."""
    if id(value) in seen:
        return
    seen.add(id(value))
    parts: Iterable[Any] = ()
    if isinstance(value, LayerValue):
        value.frozen = True
    elif isinstance(value, Instance):
        parts = (value.layer, *value.state.values())
    elif isinstance(value, Tuple):
        parts = value.items
    elif isinstance(value, Segment):
        parts = (*value.yes, *value.no)
    elif isinstance(value, Choice):
        parts = (value.yes, value.no)
    for part in parts:
        _freeze(part, seen)


def _forward(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return m.call(self_, arguments, site)


def _register(m: Machine, self_: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    name, value = arguments.get(0, "name"), arguments.get(1, "tensor") or arguments.get(1, "param")
    if isinstance(value, (Choice, Tensor)):
        m.use(value, "a buffer")
    if isinstance(name, Const) and isinstance(name.value, str):
        if name.value == "bias" and self_.layer is not None:
            m.use(self_.layer, "register_parameter")
        given = value if isinstance(value, (Const, Parameter)) else Parameter()
        m.write_attribute(self_, name.value, given)
    return NONE


WALKS: dict[str, Implementation] = {
    "modules": views.modules,
    "named_modules": views.named_modules,
    "parameters": views.parameters,
    "named_parameters": views.named_parameters,
    "state_dict": views.state_dict,
    "get_parameter": views.get_parameter,
    "buffers": lambda m, self_, arguments, site: Tuple(()),
    "named_buffers": lambda m, self_, arguments, site: Tuple(()),
}

MODULE_METHODS: dict[str, Implementation] = {
    "add_module": _add_module,
    "register_module": _add_module,
    "append": _module_append,
    "add": _module_append,
    "extend": _module_extend,
    "insert": _module_insert,
    "update": _module_update,
    "pop": _module_pop,
    "clear": _module_clear,
    "eval": _eval,
    "train": _train,
    "children": _children,
    "values": _values,
    "keys": _names,
    "items": _items,
    "named_children": _named_children,
    "get_submodule": _submodule,
    **WALKS,
    "register_buffer": _register,
    "register_parameter": _register,
    "forward": _forward,
    "__call__": _forward,
}

LAYER_METHODS: dict[str, Implementation] = {
    "eval": _eval,
    "train": _train,
    "get_submodule": _submodule,
    **WALKS,
    "forward": _forward,
    "__call__": _forward,
}
