"""Reading and writing attributes."""

from __future__ import annotations

from convbias_lint.analysis import ir
from convbias_lint.analysis.builders import add_children
from convbias_lint.analysis.classes import external_bases, find_member, is_module_class
from convbias_lint.analysis.conditions import is_definition, on, truth
from convbias_lint.analysis.externals import canonical
from convbias_lint.analysis.keras_access import (
    PARTS,
    is_functional,
    is_keras_model,
    model_attribute,
    set_trainable,
)
from convbias_lint.analysis.keras_models import layer_attribute, write_layer_attribute
from convbias_lint.analysis.layer import GIVEN_BIAS, LayerValue
from convbias_lint.analysis.lengths import query
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.presence import decided
from convbias_lint.analysis.values import (
    CHILDREN,
    NEVER,
    NONE,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    ClassMethod,
    Const,
    Dict,
    External,
    Function,
    Instance,
    List,
    Method,
    ModuleValue,
    Never,
    Parameter,
    Partial,
    Parts,
    Property,
    Segment,
    Shape,
    StaticMethod,
    Super,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.analysis.views import VIEWS, is_view, use_inside
from convbias_lint.layers.rows import Effect


def attribute(m: Machine, value: Value, name: str) -> Value:
    """``value.name``."""
    if isinstance(value, Instance):
        return _instance(m, value, name)
    if isinstance(value, External):
        if name == "__name__" and is_definition(value):
            return Const(value.name.rsplit(".", 1)[-1])
        return External(canonical(f"{value.name}.{name}"))
    if isinstance(value, LayerValue):
        return _layer(m, value, name)
    if isinstance(value, Tensor):
        return _tensor(m, value, name)
    if isinstance(value, Parameter):
        if name in ("data", "T", "mT"):
            if name != "data" and not m.building:
                m.use(value, f"`.{name}`")
            return value if name == "data" else Parameter(None)
        return UNKNOWN if name in ("shape", "device", "dtype", "grad", "ndim") else Method(value, name)
    if isinstance(value, ModuleValue):
        return m.global_value(value.file, name)
    if isinstance(value, Class):
        return _class(m, value, name)
    if isinstance(value, Super):
        return _super(m, value, name)
    if isinstance(value, Symbol):
        found = Symbol(("attribute", value.key, name), f"{value.label}.{name}")
        default = value.default
        if isinstance(default, Const) and isinstance(default.value, str) and hasattr(str, name):
            # A text that is looked into, such as ``norm.lower()``: what its default leads to is known.
            return Choice(("is", value.key, ("str", default.value)), Method(default, name), found)
        return found
    if isinstance(value, Tuple) and name in ("values", "indices") and len(value.items) == 2:
        # What ``x.max(dim)`` and ``x.sort()`` give back.
        return value.items[name == "indices"]  # type: ignore[no-any-return]
    if isinstance(value, (List, Dict, Tuple, Const, Parts)):
        if isinstance(value, Const) and value.value is None:
            return NEVER
        return Method(value, name)
    if isinstance(value, Partial):
        if name in ("func", "args", "keywords"):
            parts = {"func": value.func, "args": Tuple(value.args), "keywords": Dict(dict(value.kwargs))}
            return parts[name]
    if isinstance(value, Shape) and name == "numel":
        return UNKNOWN
    if is_view(value):
        return Method(value, name)
    if isinstance(value, Function) and name == "__name__" and isinstance(value.node, ir.FuncDef):
        return Const(value.node.name)
    return UNKNOWN


def _instance(m: Machine, instance: Instance, name: str) -> Value:
    present = instance.state.get(name)
    if present is None:
        return _inherited(m, instance, name)
    if type(present) in (Choice, Never, LayerValue, Instance) and isinstance(instance.cls, Class):
        if find_member(m, instance.cls, name) is not NEVER:
            present = _beside_class(m, instance, name, present)
    return m.state.resolve(present)


def _beside_class(m: Machine, instance: Instance, name: str, value: Value) -> Value:
    """An attribute of an object whose class has one of the same name.

    That of the class counts where the object has none, and where it has a module: ``nn.Module`` looks for
    modules only where there is no other attribute.
    """
    value = decided(m, value)
    if isinstance(value, Choice):
        yes = _beside_class(m, instance, name, value.yes)
        return m.state.choose(value.atom, yes, _beside_class(m, instance, name, value.no))  # type: ignore[no-any-return]
    of_torch = any(base.startswith("torch.nn.") for base in external_bases(instance.cls))
    hidden = of_torch and isinstance(value, (LayerValue, Instance))
    return _inherited(m, instance, name) if value is NEVER or hidden else value


def _inherited(m: Machine, instance: Instance, name: str) -> Value:
    if name in VIEWS:
        return Method(instance, name)
    if is_functional(instance):
        return model_attribute(m, instance, name)
    if name == "training":
        return on(m, ("truth", "training"))
    if name == "__class__":
        return instance.cls
    if isinstance(instance.cls, Class):
        member = find_member(m, instance.cls, name)
        if member is not NEVER:
            return _bound(m, _as_it_is_now(m, member, instance.cls, name), instance, instance.cls)
    children = instance.state.get(CHILDREN)
    if isinstance(children, Tuple):
        for item in children.items:
            if not isinstance(item, Segment):
                key = item.items[0]
                if isinstance(key, Const) and key.value == name:
                    return m.state.resolve(item.items[1])
    if instance.layer is not None:
        value = _layer(m, instance.layer, name)
        if not isinstance(value, Method):
            return value
    if name in PARTS and isinstance(instance.cls, Class) and is_keras_model(instance):
        return model_attribute(m, instance, name)
    if name in _WEIGHTS and any(getattr(node, "name", "") == "call" for node in m.active):
        use_inside(m, instance, f"`.{name}`")
    if children is not None or instance.layer is not None or _is_module(instance):
        return Method(instance, name)
    if isinstance(instance.cls, Class):
        fallback = find_member(m, instance.cls, "__getattr__")
        if isinstance(fallback, Function) and not name.startswith("__"):
            return m.call(Bound(fallback, instance), Arguments.of(Const(name)), None)
    return UNKNOWN


_WEIGHTS = frozenset(("trainable_variables", "trainable_weights", "variables", "weights"))
"""All weights of a model of Keras, the biases among them."""


def _as_it_is_now(m: Machine, member: Value, cls: Class, name: str) -> Value:
    """An option that is set in the body of a class, and that other code changes."""
    any_name = "*" in m.changed and not is_module_class(cls)
    if isinstance(member, Const) and (any_name or name in m.changed):
        return m.state.resolve(Choice(("changed", id(cls.node), name), UNKNOWN, member))
    return member


def _is_enum(cls: Class) -> bool:
    return any(name.startswith("enum.") for name in external_bases(cls))


def _is_module(instance: Instance) -> bool:
    return bool(external_bases(instance.cls))


def _bound(m: Machine, member: Value, self_: Value, cls: Value) -> Value:
    if isinstance(member, Function):
        return Bound(member, self_)
    if isinstance(member, Property):
        return m.call(member.func, Arguments.of(self_), None)
    if isinstance(member, ClassMethod):
        return Bound(member.func, cls)
    return member.func if isinstance(member, StaticMethod) else member


def _class(m: Machine, cls: Class, name: str) -> Value:
    member = find_member(m, cls, name)
    if member is not NEVER:
        if isinstance(member, Const) and _is_enum(cls):
            return Symbol(("member", id(cls.node), name), f"{cls.node.name}.{name}")  # no equal of its value
        member = _as_it_is_now(m, member, cls, name)
        return _bound(m, member, cls, cls) if isinstance(member, (ClassMethod, StaticMethod)) else member
    if name == "__name__":
        return Const(cls.node.name)
    for base in external_bases(cls):
        if base:
            return External(f"{base}.{name}")
    return UNKNOWN


def _super(m: Machine, value: Super, name: str) -> Value:
    self_ = value.self
    cls = self_.cls if isinstance(self_, Instance) else self_
    member = find_member(m, cls, name, behind=value.cls)
    if member is not NEVER:
        return _bound(m, member, self_, cls)
    if name == "__init__" or name == "forward":
        bases = external_bases(cls)
        known = [base for base in bases if base in m.rows or base.startswith(("torch.nn.", "keras."))]
        other = next(filter(None, bases), "torch.nn.Module") if not known else "torch.nn.Module"
        base = next((b for b in known if b in m.rows or b != "torch.nn.Module"), other)
        return Bound(External(f"{base}.{name}"), self_)
    if isinstance(self_, Instance):
        return Method(self_, name)
    return UNKNOWN


def _layer(m: Machine, layer: LayerValue, name: str) -> Value:
    if name == "bias" and layer.row.bias is not None:
        return m.state.lift(truth(m, layer.bias), lambda held: _bias(layer, held))
    if name in ("weight", "running_mean", "running_var"):
        return Parameter()
    if name == "training":
        return on(m, ("truth", "training"))
    if name in VIEWS:
        return Method(layer, name)
    of_keras = layer_attribute(m, layer, name)
    if of_keras is not None:
        return of_keras
    known = layer.argument(name)
    if known is not None:
        known = m.state.resolve(known)
        return _per_axis(layer, name, known) if name in _PER_AXIS else known
    if name == "padding" and layer.row.padding is not None:
        return _per_axis(layer, name, Const(layer.row.padding.default))
    if name in _PER_AXIS or name in ("groups", "in_channels", "out_channels"):
        return Symbol((name, id(layer)), name)
    return Method(layer, name)


_PER_AXIS = ("stride", "padding", "dilation", "kernel_size")


def _per_axis(layer: LayerValue, name: str, given: Value) -> Value:
    """A convolution keeps one number for each axis, also where it is given one for all."""
    if not layer.row.kind.endswith("convolution") or layer.row.rank is None or isinstance(given, Tuple):
        return given
    if isinstance(given, Const) and isinstance(given.value, int):
        return Tuple([given] * (layer.row.rank - 2))
    return given if isinstance(given, Const) else Symbol((name, id(layer)), name)


def _bias(layer: LayerValue, held: Value) -> Value:
    return Parameter(layer) if isinstance(held, Const) and held.value else NONE


def _tensor(m: Machine, tensor: Tensor, name: str) -> Value:
    if name == "shape":
        return Shape(tensor)
    if name in ("device", "dtype", "is_cuda", "requires_grad", "layout", "ndim", "is_nested"):
        return query(name, tensor, None)
    if name == "data":
        return tensor
    if name == "T" and tensor.rank is not None:
        order = map(Const, reversed(range(tensor.rank)))
        return m.call(Method(tensor, "permute"), Arguments.of(*order), None)
    if name in ("T", "mT"):
        return m.call(Method(tensor, "t"), Arguments(), None)
    return Method(tensor, name)


def write_attribute(m: Machine, obj: Value, name: str, value: Value) -> None:
    """``obj.name = value``."""
    obj = m.state.resolve(obj)
    if isinstance(value, Parameter) and value.layer is not None:
        # Two names for one bias: the other may be read later, so this counts in a constructor, too.
        value.layer.used.append((m.state.guard(), "an assignment"))
    if isinstance(obj, Instance):
        if isinstance(value, (Tensor, Parts)):
            m.use(value, "an attribute")
        if obj.layer is not None:
            _set_on_layer(m, obj.layer, name, value)
        m.state.write(obj.state, name, value)
        if name == "trainable":
            set_trainable(m, obj, value)
        if CHILDREN in obj.state and _is_part(value):
            add_children(m, obj, [Tuple((Const(name), value))])
        return
    if isinstance(obj, LayerValue):
        if name != "bias" and name not in _HARMLESS:
            m.use(value, "an attribute")
        _set_on_layer(m, obj, name, value)
        write_layer_attribute(obj, name, value)
        return
    if isinstance(obj, Class) and not m.active:
        m.state.write(obj.members, name, value)
        return
    if isinstance(obj, Parameter) and name == "data":
        obj.dims = None
    if isinstance(obj, Choice):
        for side in (obj.yes, obj.no):
            if isinstance(side, (LayerValue, Instance)):
                write_attribute(m, side, name, UNKNOWN)
    m.use(value, "an attribute")


def _set_on_layer(m: Machine, layer: LayerValue, name: str, value: Value) -> None:
    """What is known of a layer no longer once an attribute is set on it."""
    if name == "bias":
        m.use(layer, GIVEN_BIAS)
    elif name not in _HARMLESS:
        layer.arguments[name] = UNKNOWN
        if layer.row.effect is Effect.CANCELS and name in _DECIDING and not _keeps_moving(name, value):
            layer.frozen = True
        if name in _REPLACING:
            m.use(layer, f"an assignment to its `{name}`")


def _keeps_moving(name: str, value: Value) -> bool:
    """Whether a norm is only given another momentum, with which its statistics still move."""
    momentum = value.default if isinstance(value, Symbol) else value
    return name == "momentum" and isinstance(momentum, Const) and momentum.value != 0


_HARMLESS = frozenset(("weight", "eps", "inplace", "trainable", "name", "stride", "kernel_size"))
_REPLACING = frozenset(("forward", "__class__", "_conv_forward"))
_DECIDING = _REPLACING | {"training", "train", "momentum", "running_mean", "track_running_stats"}
"""What set on a norm may let it subtract something else than the mean."""


def _is_part(value: Value) -> bool:
    """Whether a value, set as an attribute, becomes a child that a Sequential runs."""
    if isinstance(value, Choice):
        return _is_part(value.yes) or _is_part(value.no)
    return isinstance(value, (LayerValue, Instance))
