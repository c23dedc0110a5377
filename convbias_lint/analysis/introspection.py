"""Built-in functions that ask what a value is and has: isinstance, getattr, super …"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

from convbias_lint.analysis.classes import external_bases
from convbias_lint.analysis.conditions import is_definition, on
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.lengths import settled_items
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.presence import is_there, lose_any, may_be_absent, or_else
from convbias_lint.analysis.texts import layer_named
from convbias_lint.analysis.values import (
    CHILDREN,
    FALSE,
    NEVER,
    NONE,
    TRUE,
    UNKNOWN,
    Bound,
    Class,
    Const,
    Dict,
    External,
    Function,
    Instance,
    List,
    Method,
    Parameter,
    Partial,
    Super,
    Symbol,
    Tensor,
    Tuple,
    Value,
)

Builtin = Callable[[Machine, Arguments, Optional[CallSite]], Value]


def first_argument(arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else UNKNOWN


def is_instance(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    value, kinds = m.state.resolve(arguments.positional[0]), m.state.resolve(arguments.positional[1])
    options = settled_items(m, kinds) if isinstance(kinds, (Tuple, List)) else (kinds,)
    return m.state.lift(value, lambda side: _is_one_of(m, side, (UNKNOWN,) if options is None else options))


def _is_one_of(m: Machine, value: Value, kinds: tuple[Value, ...]) -> Value:
    result: Value = FALSE
    for kind in kinds:
        held = _is_a(m, value, kind)
        if held is TRUE:
            return TRUE
        if held is not FALSE:
            result = held
    return result


_PYTHON = {
    "int": (int,),
    "float": (float,),
    "str": (str,),
    "bool": (bool,),
    "bytes": (bytes,),
    "complex": (complex,),
}


def _is_a(m: Machine, value: Value, kind: Value) -> Value:
    name = kind.name if isinstance(kind, External) else ""
    short = name.rsplit(".", 1)[-1]
    if isinstance(value, Const):
        if name.startswith("builtins.") and short in _PYTHON:
            return TRUE if isinstance(value.value, _PYTHON[short]) else FALSE
        if name.startswith(_PROTOCOL_MODULES) and short in _PROTOCOLS:
            return TRUE if isinstance(value.value, _PROTOCOLS[short]) else FALSE
        return (
            FALSE if isinstance(kind, (External, Class)) and short not in ("Number", "Hashable") else UNKNOWN
        )
    if not isinstance(kind, (External, Class)):
        return _open(m, value, kind)
    if isinstance(value, (List, Tuple, Dict)):
        fitting = {
            List: ("list", "List", "Sequence", "MutableSequence", "set", *_COLLECTION),
            Tuple: ("tuple", "Tuple", "Sequence", *_COLLECTION),
            Dict: ("dict", "Dict", "Mapping", "OrderedDict", "MutableMapping", *_COLLECTION),
        }[type(value)]
        return TRUE if short in fitting else FALSE
    if isinstance(value, LayerValue):
        if name == value.row.name or name == "torch.nn.Module":
            return TRUE
        if name.startswith("builtins."):
            return FALSE
        derives = _derives(m, value.row.name, name)
        if derives is None:
            return FALSE if name in m.rows else _open(m, value, kind)
        return TRUE if derives else FALSE
    if isinstance(value, Instance):
        if isinstance(kind, Class):
            mro = value.cls.mro if isinstance(value.cls, Class) else ()
            return TRUE if kind in (mro or ()) else FALSE
        bases = external_bases(value.cls)
        if name in bases or (name == "torch.nn.Module" and (value.layer or CHILDREN in value.state)):
            return TRUE
        if name.startswith("builtins.") or (name.startswith("torch.nn.") and "" not in bases):
            return FALSE
    if isinstance(value, Tensor) and value.given is not None:
        return _open(m, value, kind)
    if isinstance(value, (Tensor, Parameter)):
        return TRUE if short in ("Tensor", "Parameter") else FALSE
    if isinstance(value, (Function, Class, Partial)) and name in _CALLABLES:
        return TRUE if isinstance(value, _CALLABLES[name]) else FALSE
    if isinstance(value, (Function, Class, Partial, Bound, Method)):
        return FALSE if name.startswith("builtins.") or isinstance(kind, Class) else _open(m, value, kind)
    if is_definition(value) and name in _NO_CLASSES:
        return FALSE
    if is_definition(value) and name == "builtins.type":
        return TRUE if repr(value).rsplit(".", 1)[-1][:1].isupper() else FALSE
    return _open(m, value, kind)


_COLLECTION = ("Collection", "Container", "Iterable", "Sized")
_PROTOCOL_MODULES = ("collections.abc.", "numbers.", "typing.")
_PROTOCOLS: dict[str, tuple[type, ...]] = {
    "Hashable": (object,),
    "Complex": (int, float, complex),
    "Number": (int, float, complex),
    "Integral": (int,),
    "Rational": (int,),
    "Real": (int, float),
    "Sequence": (str, bytes),
    **dict.fromkeys(_COLLECTION, (str, bytes)),
}
"""The types of constants that are instances of an abstract class."""


_CALLABLES: dict[str, Any] = {
    "functools.partial": Partial,
    "types.FunctionType": Function,
    "builtins.type": Class,
}


_NO_CLASSES = frozenset(("builtins.str", "builtins.int", "functools.partial", "types.FunctionType"))


def _open(m: Machine, value: Value, kind: Value) -> Value:
    if isinstance(value, Symbol):
        if value.key[0] in ("binary", "unary", "number", "number of") and not _numeric(kind):  # type: ignore[index]
            return FALSE
        return on(m, ("isinstance", value.key, repr(kind)))
    if isinstance(value, Tensor) and value.given is not None:
        return on(m, ("isinstance", value.given, repr(kind)))
    return on(m, m.state.fresh("isinstance"))


def _numeric(kind: Value) -> bool:
    return isinstance(kind, External) and kind.name.rsplit(".", 1)[-1] in (
        "int",
        "float",
        "Number",
        "Tensor",
        "SymInt",
    )


def get_attribute(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    obj, name = arguments.positional[0], m.state.resolve(arguments.positional[1])
    if not (isinstance(name, Const) and isinstance(name.value, str)):
        if isinstance(obj, External) and isinstance(name, Symbol):
            return m.state.resolve(layer_named(obj, name, m.rows, *arguments.positional[2:3]) or UNKNOWN)
        if isinstance(obj, (External, Symbol)):
            return UNKNOWN
        return _any_attribute(m, obj)
    text = name.value
    if len(arguments.positional) > 2 and isinstance(obj, Instance) and not _is_of_class(obj, text):
        held = obj.state.get(text, NEVER)
        if may_be_absent(held):
            return m.state.resolve(or_else(m, held, arguments.positional[2]))
    return m.state.lift(obj, lambda value: m.attribute(value, text))


def _any_attribute(m: Machine, obj: Value) -> Value:
    """``getattr(self, f"layer{i}")`` with an unknown number: any layer or object among the attributes."""
    if not isinstance(obj, Instance):
        m.use(obj, "getattr")
        return UNKNOWN
    for value in obj.state.values():
        if isinstance(value, LayerValue):
            m.use(value, "getattr")
    return UNKNOWN


def _is_of_class(obj: Instance, name: str) -> bool:
    """Whether the class of an object, or one in view that it derives from, has an attribute."""
    bases = (obj.cls.mro or ()) if isinstance(obj.cls, Class) else ()
    return any(isinstance(base, Class) and name in base.members for base in bases)


def has_attribute(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    obj = first_argument(arguments)
    name = m.state.resolve(arguments.positional[1]) if len(arguments.positional) > 1 else UNKNOWN
    if isinstance(obj, Instance) and isinstance(name, Const) and isinstance(name.value, str):
        if _is_of_class(obj, name.value):
            return TRUE
        if name.value in obj.state:
            return is_there(m, obj.state[name.value])
        if "" not in external_bases(obj.cls) and not obj.layer:
            return TRUE if name.value in _OF_ANY_MODULE and external_bases(obj.cls) else FALSE
    return on(m, m.state.fresh("hasattr"))


_OF_ANY_MODULE = frozenset(
    {
        *("training", "forward", "train", "eval", "parameters", "modules", "children", "state_dict", "apply"),
        *("named_parameters", "named_modules", "named_children", "buffers", "named_buffers", "to", "float"),
        *("_modules", "_parameters", "_buffers", "__dict__", "__class__", "__call__", "requires_grad_"),
    }
)
"""Attributes that every module has."""


def set_attribute(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) == 3:
        obj, name, value = arguments.positional
        name = m.state.resolve(name)
        if isinstance(name, Const) and isinstance(name.value, str):
            m.write_attribute(obj, name.value, value)
        elif isinstance(name, Symbol) and isinstance(obj, Instance):
            m.write_attribute(obj, repr(name.key), value)
        else:
            m.use(value, "setattr")
    return NONE


def delete_attribute(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) == 2:
        obj, name = map(m.state.resolve, arguments.positional)
        if isinstance(obj, Instance) and isinstance(name, Const):
            m.state.write(obj.state, name.value, NEVER)
        elif isinstance(obj, Instance):
            m.use(obj, "delattr")
            lose_any(m, obj.state)
    return NONE


def super_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if site is None or site.scope.frame is None:
        return UNKNOWN
    scope = site.scope
    while scope is not None and scope.owner is None:
        scope = scope.parent
    frame = site.scope.frame
    self_name = next(iter(frame.bindings), None)
    if scope is None or self_name is None:
        return UNKNOWN
    self_ = arguments.positional[1] if len(arguments.positional) > 1 else frame.bindings[self_name].value
    owner = arguments.positional[0] if len(arguments.positional) > 1 else scope.owner
    return Super(owner, self_) if isinstance(owner, Class) else UNKNOWN


def type_of(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = first_argument(arguments)
    if isinstance(value, Instance):
        return value.cls
    if isinstance(value, LayerValue):
        return External(value.row.name)
    if isinstance(value, Const):
        return External(f"builtins.{type(value.value).__name__}")
    if isinstance(value, Partial):
        return External("functools.partial")
    return Symbol(("type", value.key), "type") if isinstance(value, Symbol) else UNKNOWN


def is_subclass(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    one, other = (m.state.resolve(value) for value in ([*arguments.positional, UNKNOWN, UNKNOWN])[:2])
    if isinstance(one, Class) and isinstance(other, Class):
        return TRUE if other in (one.mro or ()) else FALSE
    if isinstance(one, External) and isinstance(other, External):
        known = _derives(m, one.name, other.name)
        return on(m, m.state.fresh("issubclass")) if known is None else TRUE if known else FALSE
    if isinstance(other, (Tuple, List)):
        kinds = settled_items(m, other)
        answers = [is_subclass(m, Arguments.of(one, kind), site) for kind in kinds or (UNKNOWN,)]
        if TRUE in answers or all(answer is FALSE for answer in answers):
            return TRUE if TRUE in answers else FALSE
    return on(m, m.state.fresh("issubclass"))


_BASES = {
    "_ConvNd": ("Conv",),
    "_ConvTransposeNd": ("ConvTranspose",),
    "_BatchNorm": ("BatchNorm", "SyncBatchNorm"),
    "_InstanceNorm": ("InstanceNorm",),
    "_NormBase": ("BatchNorm", "SyncBatchNorm", "InstanceNorm"),
}
"""By the name of a base class of PyTorch's that is no layer itself, how the names of its layers begin."""


def _derives(m: Machine, one: str, other: str) -> Optional[bool]:
    """Whether a layer of PyTorch's derives from another class of it; None where that is not known."""
    if one not in m.rows or not one.startswith("torch.nn."):
        return True if one == other else None
    short, base = one[len("torch.nn.") :], other.rpartition(".")[2]
    if other in (one, "torch.nn.Module") or short == f"Lazy{base}":
        return True
    if base in _BASES:
        return short[4 if short.startswith("Lazy") else 0 :].startswith(_BASES[base])
    return False if other in m.rows else None


def is_callable(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    def held(value: Value) -> Value:
        if isinstance(value, (Function, Class, External, Partial, Bound, LayerValue, Instance)):
            return TRUE
        plain = isinstance(value, (Const, List, Tuple, Dict))
        return FALSE if plain else on(m, m.state.fresh("callable"))

    return m.state.lift(first_argument(arguments), held)
