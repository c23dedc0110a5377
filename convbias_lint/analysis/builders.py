"""Building layers and containers of a framework, and running containers."""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.channels import channels_of
from convbias_lint.analysis.classes import find_member, hidden_before
from convbias_lint.analysis.conditions import key_of
from convbias_lint.analysis.indexing import iteration_items
from convbias_lint.analysis.layer import BiasOrigin, CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Binding, Frame, Machine, Scope
from convbias_lint.analysis.norms import may_cancel
from convbias_lint.analysis.presence import entries_in_order
from convbias_lint.analysis.prospects import is_candidate
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.values import (
    CHILDREN,
    FALSE,
    NEVER,
    UNKNOWN,
    Const,
    Dict,
    External,
    Instance,
    Segment,
    Symbol,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Effect, Layer


def make_layer(m: Machine, row: Layer, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The layer that ``row``'s constructor makes of ``arguments``."""
    if site is None:
        return UNKNOWN
    if any(a and arguments.fails_at(a.position, a.keyword) for a in (row.bias, row.channels, row.padding)):
        raise Dead
    bias, origin = _bias(row, arguments, site)
    layer = LayerValue(row, m.chain(site), _named(row, arguments), bias, origin, m.state.guard())
    if row.effect is Effect.CANCELS:
        momentum = arguments.get(2, "momentum")
        layer.frozen = isinstance(momentum, Const) and momentum.value == 0
    layer.owner = m.building[-1][0] if m.building else None
    layer.arguments.update(dict.fromkeys(m.reset, UNKNOWN))
    m.layers.append(layer)
    width = row.effect is Effect.CANCELS and channels_of(layer) is not None
    m.state.allow(biased=is_candidate(layer, m.home), norm=width or may_cancel(row, layer.arguments))
    return layer


def _named(row: Layer, arguments: Arguments) -> dict[str, Value]:
    """The arguments that rows ask for, by keyword."""
    named = dict(arguments.keywords)
    wanted = [
        a
        for a in (row.channels, row.groups, row.padding, row.activation, row.axis_argument, row.data_format)
        if a
    ]
    for argument in wanted:
        if argument.position is not None and argument.keyword not in named:
            value = arguments.get(argument.position, argument.keyword)
            if isinstance(value, Value):
                named[argument.keyword] = value
    for position, keyword in _POSITIONS.get(row.kind, ()):
        if keyword not in named:
            value = arguments.get(position, keyword)
            if isinstance(value, Value):
                named[keyword] = value
    if arguments.open_keywords or arguments.open_positions:
        # Anything may have been passed along: what decides whether a shift passes is not known.
        for keyword in ("padding", "padding_mode", "count_include_pad", "divisor_override", "p"):
            if keyword not in named and row.passes.value not in ("always", "never"):
                named[keyword] = UNKNOWN
        for deciding in (row.activation, row.axis_argument, row.data_format):
            if deciding is not None:
                named.setdefault(deciding.keyword, UNKNOWN)
    return named


# Arguments beyond those of the row that decide whether a shift passes.
_POSITIONS: dict[str, tuple[tuple[int, str], ...]] = {
    "convolution": ((0, "in_channels"), (8, "padding_mode")),
    "linear layer": ((0, "in_features"),),
    "max pooling": ((4, "return_indices"),),
    "average pooling": ((4, "count_include_pad"), (5, "divisor_override")),
    "dropout": ((0, "p"),),
    "instance norm": ((4, "track_running_stats"),),
    "flattening": ((0, "start_dim"), (1, "end_dim")),
}


def _bias(row: Layer, arguments: Arguments, site: CallSite) -> tuple[Value, BiasOrigin]:
    """What the bias argument is, and where that was decided."""
    argument = row.bias
    if argument is None:
        return FALSE, BiasOrigin(0, "", None, False)
    keyword, position = argument.keyword, argument.position
    if keyword in arguments.keywords:
        value = arguments.keywords[keyword]
        return value, _follow(
            Binding(value, arguments.names.get(keyword), keyword not in arguments.names), keyword, site
        )
    if position is not None and position < len(arguments.positional) and arguments.is_settled(position):
        value = arguments.positional[position]
        return value, _follow(Binding(value, arguments.expressions[position]), keyword, site)
    if arguments.open_keywords or arguments.open_positions:
        symbol = Symbol(("argument", id(site.node), keyword), keyword, Const(argument.default))
        return symbol, BiasOrigin(0, keyword, None, False, through_kwargs=True)
    return Const(argument.default), _left_out(keyword, arguments.given, site)


def _left_out(keyword: str, given: bool, site: CallSite) -> BiasOrigin:
    """Nobody gave the argument: it can be written here, or where the ``**kwargs`` handed on come from."""
    within: list[BiasOrigin] = []
    level = 0
    while given:
        frame = site.scope.frame
        if frame is None or frame.site is None or not frame.takes_any:
            break
        within.append(BiasOrigin(level, keyword, None, True, True))
        given, site, level = frame.given, frame.site, level + 1
    return BiasOrigin(level, keyword, None, True, given, tuple(within))


def _follow(binding: Binding, keyword: str, site: CallSite) -> BiasOrigin:
    """Where the value that ``binding`` gives ``keyword`` was decided: here, or by a caller further out."""
    within: list[BiasOrigin] = []
    level = 0
    while True:
        outer = _outer_binding(binding, keyword, site)
        if outer is None:
            break
        frame, name, further = outer
        if not binding.through_kwargs:
            within.append(BiasOrigin(level, keyword, binding.expression, True))
        assert frame.site is not None
        binding, keyword, site, level = further, name, frame.site, level + 1
        if binding.expression is None and not binding.through_kwargs:
            return BiasOrigin(level, keyword, None, True, frame.given, tuple(within))
    fixable = binding.expression is not None and not binding.through_kwargs
    return BiasOrigin(level, keyword, binding.expression, fixable, binding.through_kwargs, tuple(within))


def _outer_binding(binding: Binding, keyword: str, site: CallSite) -> Optional[tuple[Frame, str, Binding]]:
    """The parameter of the function around ``site`` that holds the value, and how it got it."""
    scope: Scope = site.scope
    if binding.through_kwargs:
        frame = scope.frame
        found = None if frame is None else frame.extra.get(keyword)
        if frame is None or frame.site is None or found is None or found.value is not binding.value:
            return None
        return frame, keyword, found
    if not isinstance(binding.expression, ir.Name):
        return None
    frame, name = scope.frame, binding.expression.id
    if frame is None or frame.site is None or name not in scope.vars or name not in frame.bindings:
        return None
    found = frame.bindings[name]
    return (frame, name, found) if scope.vars[name] is found.value else None


# -- containers -----------------------------------------------------------------------------------

CONTAINER_CLASSES = ("Sequential", "ModuleList", "ModuleDict")
"""Of PyTorch, and the first of Keras."""


def make_container(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``nn.Sequential(...)``, ``nn.ModuleList(...)``, ``nn.ModuleDict(...)``."""
    instance = Instance(External(name), site)
    instance.state[CHILDREN] = Tuple(())
    m.built.append(instance)
    fill_container(m, name, instance, arguments)
    return instance


def fill_container(m: Machine, name: str, instance: Instance, arguments: Arguments) -> None:
    """What a container's ``__init__`` does with its arguments."""
    if arguments.open_positions and not arguments.positional:
        add_children(m, instance, [_pair(UNKNOWN, UNKNOWN)])
        return
    values: list[Any] = list(arguments.positional)
    if arguments.open_at is not None:
        values.insert(arguments.open_at, UNKNOWN)
    if "modules" in arguments.keywords:
        values.append(arguments.keywords["modules"])
    only = m.state.resolve(values[0]) if values and isinstance(values[0], Value) else None
    if name.endswith("Sequential") and not (len(values) == 1 and isinstance(only, Dict)):
        add_numbered(m, instance, values)
    elif isinstance(only, Dict) and name.endswith(("Sequential", "ModuleDict")):
        _add_named(m, instance, only)
    elif only is None or (isinstance(only, Const) and only.value is None):
        return
    elif name.endswith("ModuleDict"):
        add_children(m, instance, _pairs(iteration_items(m, only)))
    else:
        add_numbered(m, instance, iteration_items(m, only))


def _add_named(m: Machine, instance: Instance, given: Dict) -> None:
    add_children(m, instance, list(entries_in_order(m, given, _pair)))


def _pair(name: Value, value: Value) -> Tuple:
    return Tuple((name, value))


def _pairs(items: Any) -> list[Any]:
    """Children from (name, module) pairs."""
    out: list[Any] = []
    for item in items:
        if isinstance(item, Segment):
            out.append(Segment(item.atom, tuple(_pairs(item.yes)), tuple(_pairs(item.no))))
        elif isinstance(item, Tuple) and len(item.items) == 2:
            out.append(item)
        else:
            out.append(_pair(UNKNOWN, UNKNOWN))
    return out


def numbered(items: Any, first: int = 0) -> list[Any]:
    """Children that go by their number."""
    out: list[Any] = []
    for index, item in enumerate(items, first):
        if isinstance(item, Segment):
            out.append(Segment(item.atom, tuple(numbered(item.yes)), tuple(numbered(item.no))))
        else:
            out.append(_pair(Const(str(index)), item))
    return out


def add_numbered(m: Machine, instance: Instance, values: Any) -> None:
    """Register children behind those that are there, under the next numbers."""
    present = instance.state[CHILDREN]
    if isinstance(present, Tuple):
        more = numbered(values, len(present.items))
        m.state.write(instance.state, CHILDREN, Tuple((*present.items, *more)))


def add_children(m: Machine, instance: Instance, children: list[Any]) -> None:
    """Register children behind those that are there; one of a name that is there takes its place."""
    present = instance.state[CHILDREN]
    if not isinstance(present, Tuple):
        return
    items = list(present.items)
    for child in children:
        place = _place_of(items, child)
        if place is None:
            items.append(child)
        else:
            items[place] = child
    m.state.write(instance.state, CHILDREN, Tuple(items))


def _place_of(items: list[Any], child: Any) -> Optional[int]:
    key = None if isinstance(child, Segment) else key_of(child.items[0])
    for place, item in enumerate(items) if key else ():
        if isinstance(item, Segment):
            if isinstance(key, tuple) and str(key[-1]).isdigit():
                return None  # numbers behind it are not known
        elif key_of(item.items[0]) == key:
            return place
    return None


def build_external(
    m: Machine, name: str, instance: Instance, arguments: Arguments, site: Optional[CallSite]
) -> None:
    """What the ``__init__`` of a framework's class does to an object of a class in view."""
    row = m.rows.get(name)
    if row is not None:
        built = next((b for b in reversed(m.building) if b[0] is instance), None)
        made_at = built[2] if built is not None else site
        layer = make_layer(m, row, arguments, made_at if site is None else site)
        if isinstance(layer, LayerValue):
            instance.layer = layer
            _place_at_creation(layer, instance)
            _give_up_overridden(m, layer, instance)
    elif CHILDREN in instance.state and name.rsplit(".", 1)[-1] in CONTAINER_CLASSES:
        fill_container(m, name, instance, arguments)


def _give_up_overridden(m: Machine, layer: LayerValue, instance: Instance) -> None:
    """A class in view that rewrites what its base does inside is no such layer any more."""
    for name in ("_conv_forward", "__call__"):
        if find_member(m, instance.cls, name) is not NEVER:
            layer.used.append((frozenset(), f"its `{name}` is overridden"))
    if hidden_before(instance.cls, layer.row.name):
        layer.used.append((frozenset(), "a base out of view may override what it does"))
        layer.frozen = True
    if any(find_member(m, instance.cls, name) is not NEVER for name in ("__call__", "train", "training")):
        layer.frozen = True


def _place_at_creation(layer: LayerValue, instance: Instance) -> None:
    """A layer that a class in view derives from is made by the call of that class, not by super()."""
    origin = instance.origin
    for level, site in enumerate(layer.chain):
        if site is origin and level > 0:
            layer.chain = layer.chain[level:]
            old = layer.origin
            if old.level >= level:
                within = tuple(
                    inner._replace(level=inner.level - level) for inner in old.within if inner.level >= level
                )
                layer.origin = old._replace(level=old.level - level, within=within)
            else:
                layer.origin = BiasOrigin(0, old.keyword, None, False)
            return


def run_container(m: Machine, instance: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``Sequential.forward``: each child in turn."""
    children = instance.state[CHILDREN]
    values = arguments.all()
    if not isinstance(children, Tuple) or len(values) != 1:
        for value in values:
            m.use(value, "a call that is not followed")
        return UNKNOWN
    return _run_children(m, children.items, values[0], site)


def _run_children(m: Machine, items: tuple[Any, ...], value: Value, site: Optional[CallSite]) -> Value:
    for place, item in enumerate(items):
        if isinstance(item, Segment):
            current = value
            value = m.state.branch(
                item.atom,
                lambda: _run_children(m, item.yes, current, site),
                lambda: _run_children(m, item.no, current, site),
            )
        elif place < 2 or not _alike(items[place - 2 : place + 1]):
            value = m.call(item.items[1], Arguments.of(value), site)
    return value


def _alike(items: tuple[Any, ...]) -> bool:
    """Whether one object runs for the third time in a row: that shows nothing new."""
    values = [None if isinstance(item, Segment) else item.items[1] for item in items]
    return values[0] is not None and values[0] is values[1] is values[2]
