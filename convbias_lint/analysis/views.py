"""What a module shows of its parts: ``parameters()``, ``modules()``, ``state_dict()``, ``_modules`` …

Code that builds, initialises or trains a model goes through these, too, and what it sees changes no
output.  What a model does while it runs does, so there its parts and their biases are really seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Optional

from convbias_lint.analysis.classes import is_module_class
from convbias_lint.analysis.indexing import at, children_items
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.mutations import delete_item, lose_children
from convbias_lint.analysis.values import (
    CHILDREN,
    NEVER,
    NONE,
    UNKNOWN,
    Choice,
    Class,
    Const,
    Dict,
    Instance,
    List,
    Method,
    Parameter,
    Segment,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Effect

VIEWS = frozenset(("_modules", "_parameters", "__dict__"))
"""Attributes of any module that hold its parts; such a view is the :class:`Method` of that name."""
MAX_PARTS = 400


def is_view(value: Value) -> bool:
    return isinstance(value, Method) and value.name in VIEWS


def is_running(m: Machine, site: Optional[CallSite]) -> bool:
    """Whether a call is made while a model runs: neither built, nor handed to an optimizer."""
    return not (m.building or m.aside) and any(map(_in_model, (site, *m.sites)))


def _in_model(site: Optional[CallSite]) -> bool:
    frame = site.scope.frame if site is not None else None
    owner = frame.function.owner if frame is not None and frame.function is not None else None
    return owner is not None and is_module_class(owner)


def use_inside(
    m: Machine, value: Any, why: str = "a call that is not followed", blocks_too: bool = True
) -> None:
    """Any layer of an object may be taken out of it; of the blocks in it as well, but for ``blocks_too``.

    A block is an object of a class in view, and no container: what holds it calls it as a whole.
    """
    seen: set[int] = set()
    todo = [value]
    while todo:
        part = todo.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if not blocks_too and part is not value and _is_block(part):
            continue
        m.use(part, why)
        if isinstance(part, (Instance, List, Dict)):
            todo.extend(part.state.values())
        elif isinstance(part, Tuple):
            todo.extend(part.items)
        elif isinstance(part, Choice):
            todo.extend((part.yes, part.no))
        elif isinstance(part, Segment):
            todo.extend((*part.yes, *part.no))


def _is_block(value: Any) -> bool:
    return isinstance(value, Instance) and isinstance(value.cls, Class) and CHILDREN not in value.state


# -- all that is inside ---------------------------------------------------------------------------


def _modules_in(value: Any, seen: set[int]) -> list[Any]:
    """An object and all modules inside it, as the items of a tuple."""
    if isinstance(value, Choice):
        value = Segment(value.atom, (value.yes,), (value.no,))
    if isinstance(value, Segment):
        yes = [item for part in value.yes for item in _modules_in(part, seen)]
        no = [item for part in value.no for item in _modules_in(part, seen)]
        return [Segment(value.atom, tuple(yes), tuple(no))] if yes or no else []
    if not isinstance(value, (LayerValue, Instance)) or id(value) in seen:
        return []
    seen.add(id(value))
    found: list[Any] = [value]
    for part in _parts(value):
        found += _modules_in(part, seen)
    return found


def _parts(value: Value) -> list[Any]:
    if not isinstance(value, Instance):
        return []
    children = value.state.get(CHILDREN)
    own = [part for name, part in value.state.items() if name != CHILDREN]
    return [*(children_items(children.items, 1) if isinstance(children, Tuple) else ()), *own]


def _parameters_in(value: Any, path: str, seen: set[int]) -> Iterator[tuple[str, Parameter]]:
    """The parameters of a module by name, in the order of PyTorch; those that are there in some runs, too."""
    if isinstance(value, Choice):
        yield from _parameters_in(value.yes, path, seen)
        yield from _parameters_in(value.no, path, seen)
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    layer = value.layer if isinstance(value, Instance) else value
    if isinstance(layer, LayerValue) and layer.row.effect is not Effect.PASSES:
        yield f"{path}weight", Parameter()
        if layer.row.bias is None:
            yield f"{path}bias", Parameter()
        elif not (isinstance(layer.bias, Const) and not layer.bias.value):
            yield f"{path}bias", Parameter(layer)
    if not isinstance(value, Instance):
        return
    for name, part in value.state.items():
        if isinstance(part, Parameter):
            yield f"{path}{name}", part
    for name, part in _named_parts(value):
        yield from _parameters_in(part, f"{path}{name}.", seen)


def _named_parts(value: Instance) -> Iterator[tuple[Any, Any]]:
    children = value.state.get(CHILDREN)
    todo: list[Any] = list(children.items) if isinstance(children, Tuple) else []
    while todo:
        child = todo.pop(0)
        if isinstance(child, Segment):
            todo[:0] = [*child.yes, *child.no]
        else:
            key = child.items[0]
            yield key.value if isinstance(key, Const) else "*", child.items[1]
    for name, part in value.state.items():
        if name != CHILDREN and isinstance(part, (LayerValue, Instance, Choice)):
            yield name, part


# -- methods --------------------------------------------------------------------------------------


def modules(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if not is_running(m, site):
        return Tuple(())
    found = _modules_in(self_, set())
    if len(found) > MAX_PARTS:
        use_inside(m, self_)
        return UNKNOWN
    return Tuple(found)


def named_modules(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if is_running(m, site):
        use_inside(m, self_)
        return UNKNOWN
    return Tuple(())


def _named(m: Machine, self_: Value, site: Optional[CallSite]) -> list[tuple[str, Parameter]]:
    seen = is_running(m, site) or (m.building and isinstance(self_, LayerValue))
    return list(_parameters_in(self_, "", set())) if seen else []


def parameters(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple([value for _, value in _named(m, self_, site)])


def named_parameters(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple([Tuple((Const(name), value)) for name, value in _named(m, self_, site)])


def state_dict(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if not is_running(m, site):
        m.use(self_, "`.state_dict()`")
    return Dict(dict(_named(m, self_, site)), open=True)


def get_parameter(m: Machine, self_: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    name = m.state.resolve(arguments.get(0, "target") or UNKNOWN)
    known = dict(_named(m, self_, site))
    if isinstance(name, Const):
        return known.get(str(name.value), Parameter())
    m.use(Tuple(list(known.values())), "a parameter under an unknown name")
    return Parameter()


# -- views ----------------------------------------------------------------------------------------


def view_item(m: Machine, view: Method, index: Value) -> Value:
    """``self._modules["conv"]``."""
    if isinstance(index, Const) and isinstance(index.value, str):
        if index.value in VIEWS:
            return Method(view.self, index.value)
        if isinstance(view.self, Instance) and CHILDREN in view.self.state and view.name == "_modules":
            return at(m, view.self, index)
        return m.attribute(view.self, index.value)
    use_inside(m, view.self)
    return UNKNOWN


def set_view_item(m: Machine, view: Method, index: Value, value: Value) -> None:
    """``self._modules["conv"] = value``."""
    obj = view.self
    if isinstance(index, Const) and isinstance(index.value, str):
        m.write_attribute(obj, index.value, value)
        return
    use_inside(m, value)
    if not m.building:
        use_inside(m, obj)
        if isinstance(obj, Instance):
            lose_children(m, obj)


def delete_view_item(m: Machine, view: Method, index: Value) -> Value:
    """``del self._modules["conv"]``: what was there."""
    obj = view.self
    if not isinstance(obj, Instance):
        use_inside(m, obj)
        return UNKNOWN
    if CHILDREN in obj.state:
        return delete_item(m, obj, index) or UNKNOWN
    if isinstance(index, Const) and isinstance(index.value, str):
        held = obj.state.get(index.value, NEVER)
        m.state.write(obj.state, index.value, NEVER)
        return UNKNOWN if held is NEVER else held
    use_inside(m, obj)
    return UNKNOWN


def call_view(m: Machine, view: Method, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``self._modules.items()`` and the like."""
    method = _OF_VIEWS.get(name)
    if method is not None:
        return method(m, view, arguments, site)
    for value in arguments.all():
        use_inside(m, value)
    use_inside(m, view.self)
    if isinstance(view.self, Instance):
        lose_children(m, view.self)
    return UNKNOWN


def _walk(name: str) -> Callable[[Machine, Method, Arguments, Optional[CallSite]], Value]:
    def walk(m: Machine, view: Method, arguments: Arguments, site: Optional[CallSite]) -> Value:
        if view.name == "_modules":
            return m.call(Method(view.self, name), Arguments(), site)
        if view.name == "_parameters":
            held: dict[Any, Value] = dict(_named(m, view.self, site))
            return m.call(Method(Dict(held, open=True), name), Arguments(), site)
        if is_running(m, site):
            use_inside(m, view.self)
        return UNKNOWN

    return walk


def _get(m: Machine, view: Method, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return view_item(m, view, m.state.resolve(arguments.get(0, "key") or UNKNOWN))


def _pop(m: Machine, view: Method, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return delete_view_item(m, view, m.state.resolve(arguments.get(0, "key") or UNKNOWN))


def _update(m: Machine, view: Method, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``self.__dict__.update(options)``: what is not known by name is taken for options, too."""
    given = [m.state.resolve(value) for value in arguments.positional]
    named = {key: part for value in given if isinstance(value, Dict) for key, part in value.state.items()}
    for key, part in {**named, **arguments.keywords}.items():
        if part is not NEVER:
            set_view_item(m, view, Const(key), part)
    return NONE


_OF_VIEWS: dict[str, Callable[[Machine, Method, Arguments, Optional[CallSite]], Value]] = {
    "items": _walk("items"),
    "values": _walk("values"),
    "keys": _walk("keys"),
    "get": _get,
    "pop": _pop,
    "update": _update,
}
