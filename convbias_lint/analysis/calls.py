"""Calling functions, classes, partials and objects in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.binding import bind, counts_down, only_numbers, with_partial
from convbias_lint.analysis.bounds import TooLong
from convbias_lint.analysis.builders import CONTAINER_CLASSES, build_external, make_layer, run_container
from convbias_lint.analysis.classes import (
    external_bases,
    fill_fields,
    find_member,
    hidden_before,
    is_dataclass,
    row_of,
)
from convbias_lint.analysis.externals import call_external
from convbias_lint.analysis.flow import result_of
from convbias_lint.analysis.holding import show
from convbias_lint.analysis.keras_layers import call_keras_layer, is_keras
from convbias_lint.analysis.keras_models import call_of_keras, sequential_of_keras
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.machine import MAX_DEPTH, Arguments, Frame, Machine, Scope
from convbias_lint.analysis.memo import copied, described, holds_data_only, may_norm, relevant
from convbias_lint.analysis.merging import regrouped
from convbias_lint.analysis.methods import call_method
from convbias_lint.analysis.norms import run_layer
from convbias_lint.analysis.ordered import made
from convbias_lint.analysis.own_methods import finds_parts_itself
from convbias_lint.analysis.settable import leave_open
from convbias_lint.analysis.state import OPEN, Dead
from convbias_lint.analysis.unseen import used_by_call
from convbias_lint.analysis.values import (
    CHILDREN,
    NEVER,
    NONE,
    UNKNOWN,
    Atom,
    Bound,
    Choice,
    Class,
    ClassMethod,
    Const,
    External,
    Function,
    Instance,
    Method,
    Parameter,
    Partial,
    StaticMethod,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.analysis.views import use_inside

MAX_RECURSION = 4
MAX_ARITHMETIC = 600
MAX_LOOKUP = 4000
"""The work for a function of plain data: of numbers not known, and of names, whose result is kept."""

_Call = Callable[[Machine, Any, Arguments, Optional[CallSite]], Value]


def call(m: Machine, function: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The result of ``function(*arguments)``."""
    m.step()
    if type(function) in OPEN:
        function = m.state.resolve(function)
    run: _Call = _CALL.get(type(function), call_unknown)
    return run(m, function, arguments, site)


def _call_choice(m: Machine, function: Choice, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return m.state.lift(regrouped(function), lambda side: call(m, side, arguments, site))


def _call_symbol(m: Machine, function: Symbol, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The call of what a caller passed: its default, a norm that it was compared with, or anything."""
    known: list[tuple[Atom, Value, Arguments]] = []
    default = function.default
    if isinstance(default, (External, Class, Function, Partial, Bound)):
        known.append((("is", function.key, "default"), default, arguments))
    for name, norm in m.asked.get(function.key, {}).items():
        known.append((("is", function.key, ("class", name)), norm, arguments))
    # ``type(norm_layer) == functools.partial and norm_layer.func == nn.InstanceNorm2d``
    inside = ("attribute", function.key, "func")
    if inside in m.asked and site is not None and "partial" in site.file.text:
        more = with_partial(Partial(function, (), {}), arguments)
        more.open_keywords = True
        for name, norm in m.asked[inside].items():
            known.append((("is", inside, ("class", name)), norm, more))
    return _call_first(m, [*known, ((), function, arguments)], site)


def _call_first(
    m: Machine, known: Sequence[tuple[Atom, Value, Arguments]], site: Optional[CallSite]
) -> Value:
    """The call of the first of some values whose condition holds; the last one is for where none does."""
    (atom, target, given), *others = known
    if not others:
        return call_unknown(m, target, given, site)
    return m.state.branch(atom, lambda: call(m, target, given, site), lambda: _call_first(m, others, site))


def call_unknown(m: Machine, function: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """A call that cannot be seen into: whatever it gets may be used there."""
    m.use(function, "a call that is not followed")
    if isinstance(function, Symbol):
        m.open_calls.add(function.key)
    # ``block(width, downsample)``: a block that the caller chooses runs what it gets as a whole.
    return used_by_call(m, arguments, site, "a call that is not followed", not isinstance(function, Symbol))


# -- functions ------------------------------------------------------------------------------------


def call_function(m: Machine, function: Function, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The result of a function of the code in view; one of plain data is run once for calls alike."""
    if function.owner is not None:
        output = _run_function(m, function, arguments, site)
        name = function.node.name if isinstance(function.node, ir.FuncDef) else "_"
        if not name.startswith("_") and name not in ("forward", "call"):
            show(name, output)
        return output
    alike = described(function, arguments)
    if alike is None:
        return _run_plain(m, function, arguments, site, MAX_ARITHMETIC)
    key = (alike.key, relevant(alike.key, m.state.guard()))
    if key in m.results:
        return copied(m.results[key][1])  # type: ignore[no-any-return]
    before, since = (len(m.layers), len(m.built), m.state.settled()), next(made)
    result = _run_plain(m, function, arguments, site, MAX_LOOKUP if alike.known else MAX_ARITHMETIC)
    if before == (len(m.layers), len(m.built), m.state.settled()) and alike.may_share(result, since):
        m.results[key] = alike, copied(result)
    return result


def _run_plain(
    m: Machine, function: Function, arguments: Arguments, site: Optional[CallSite], limit: int
) -> Value:
    """As _run_function; arithmetic on numbers that are not known is not worth much work."""
    if not all(map(holds_data_only, arguments.all())):
        return _run_function(m, function, arguments, site)
    before = (len(m.layers), len(m.built))
    try:
        return m.state.limited(limit, lambda: _run_function(m, function, arguments, site))
    except TooLong:
        if m.state.work > m.state.limit:
            raise
        if before == (len(m.layers), len(m.built)) and not may_norm(m, function):
            return UNKNOWN
        return _run_function(m, function, arguments, site)  # it builds layers or a norm: that is worth it


def _run_function(m: Machine, function: Function, arguments: Arguments, site: Optional[CallSite]) -> Value:
    node = function.node
    if m.active.count(node) >= MAX_RECURSION and any(map(counts_down, arguments.all())):
        raise Dead  # recursion of unknown depth: like a loop, judged by its first rounds
    if len(m.sites) >= MAX_DEPTH or m.active.count(node) >= MAX_RECURSION:
        counted = any(isinstance(v, Const) and type(v.value) is int for v in arguments.all())
        for value in arguments.all() if counted and not m.building else ():
            if isinstance(value, Instance):
                use_inside(m, value)  # when it has counted down it may run them in another way
        return call_unknown(m, UNKNOWN, arguments, site)
    if node in m.active and only_numbers(arguments):
        return UNKNOWN
    frame = Frame(function, site)
    frame.given = arguments.given
    scope = Scope(function.scope.file, function.scope, frame, function.owner)
    if not bind(m, function, arguments, frame, scope):
        return call_unknown(m, UNKNOWN, arguments, site)
    m.called.add(node)
    m.active.append(node)
    if site is not None:
        m.sites.append(site)
    try:
        if isinstance(node, ir.Lambda):
            return m.evaluate(node.body, scope)
        value = result_of(m, m.run_block(body_of(node), scope))
        if frame.generates:
            m.use(value, "a generator")
            return UNKNOWN
        return m.state.resolve(value)
    finally:
        m.active.pop()
        if site is not None:
            m.sites.pop()
        m.state.leave(scope.vars)


# -- classes --------------------------------------------------------------------------------------


def instantiate(m: Machine, cls: Class, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``cls(*arguments)``: an object whose ``__init__`` has run."""
    if m.active.count(cls.node) >= MAX_RECURSION:
        return call_unknown(m, UNKNOWN, arguments, site)
    if isinstance(find_member(m, cls, "__new__"), (Function, StaticMethod)):
        return call_unknown(m, UNKNOWN, arguments, site)
    instance = Instance(cls, site)
    if any(
        name.startswith(("torch.nn.", "keras.")) and name.rsplit(".", 1)[-1] in CONTAINER_CLASSES
        for name in external_bases(cls)
    ):
        instance.state[CHILDREN] = Tuple(())
    m.built.append(instance)
    init = find_member(m, cls, "__init__")
    m.active.append(cls.node)
    try:
        if isinstance(init, Function):
            _initialise(m, init, instance, arguments, site)
        elif is_dataclass(cls):
            fill_fields(cls, instance, arguments)
            init = find_member(m, cls, "__post_init__")
            if isinstance(init, Function):
                _initialise(m, init, instance, Arguments(), site)
        else:
            bases = external_bases(cls)
            for name in bases:
                build_external(m, name, instance, arguments, site)
            if not any(name.startswith(("torch.nn.", "keras.")) for name in bases):
                for value in arguments.all():
                    m.use(value, "a call that is not followed")
    finally:
        m.active.pop()
    m.built_classes.add(cls.node)
    leave_open(m, cls, instance)
    return instance


def _initialise(
    m: Machine, init: Function, instance: Instance, arguments: Arguments, site: Optional[CallSite]
) -> None:
    """Run a method that sets an object up."""
    m.building.append((instance, arguments, site))
    try:
        call_function(m, init, arguments.behind(instance), site)
    finally:
        m.building.pop()


def _call_layer(m: Machine, layer: LayerValue, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if is_keras(layer):
        return call_keras_layer(m, layer, arguments, site)
    values = arguments.all()
    if not values or arguments.open_positions:
        layer.used.append((m.state.guard(), "a call that is not followed"))
        return used_by_call(m, arguments, site, layer.row.kind)
    for extra in values[1:]:
        m.use(extra, layer.row.kind)

    def run(value: Value) -> Value:
        if isinstance(value, Tensor):
            return run_layer(m, layer, value, site)
        if isinstance(value, Parameter) or value is UNKNOWN or isinstance(value, Symbol):
            return run_layer(m, layer, Tensor(), site)
        if value is NONE or isinstance(value, Const):
            raise Dead
        m.use(value, layer.row.kind)
        return run_layer(m, layer, Tensor(), site)

    return m.state.lift(values[0], run)


def _call_instance(m: Machine, instance: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    instance.ran = True
    if "__class__" in instance.state or finds_parts_itself(m, instance):
        return _lost(m, instance, arguments, site)
    for name in ("forward", "call", "__call__"):
        if name in instance.state:
            return call(m, instance.state[name], arguments, site)
        method = find_member(m, instance.cls, name)
        if method is NEVER:
            continue
        if not isinstance(method, Function):  # replaced by a decorator
            return _lost(m, instance, arguments, site)
        if name == "forward" and isinstance(find_member(m, instance.cls, "__call__"), Function):
            return _lost(m, instance, arguments, site)
        if name == "call":
            output = call_of_keras(m, instance, method, arguments, site)
        else:
            output = call_function(m, method, arguments.behind(instance), site)
        instance.done = True
        return output
    return run_external_forward(m, instance, arguments, site)


def _lost(m: Machine, instance: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """A call of an object of which it cannot be said what it does with its layers."""
    use_inside(m, instance, blocks_too=False)
    return used_by_call(m, arguments, site, "a call that is not followed")


def run_external_forward(
    m: Machine, instance: Instance, arguments: Arguments, site: Optional[CallSite]
) -> Value:
    """The ``forward`` that an object inherits from a framework's class."""
    if instance.layer is not None:
        return _call_layer(m, instance.layer, arguments, site)
    if CHILDREN in instance.state and _is_sequential(instance):
        if any(name.startswith("keras.") for name in external_bases(instance.cls)):
            return sequential_of_keras(m, instance, arguments, site)
        return run_container(m, instance, arguments, site)
    row = row_of(m, instance)
    if row is not None:
        layer = make_layer(m, row, Arguments(), site)
        return _call_layer(m, layer, arguments, site) if isinstance(layer, LayerValue) else UNKNOWN
    return used_by_call(m, arguments, site, "a call that is not followed")


def _is_sequential(instance: Instance) -> bool:
    if isinstance(instance.cls, External):
        return instance.cls.name.endswith("Sequential")
    names = [name for name in external_bases(instance.cls) if name.endswith("Sequential")]
    return bool(names) and not hidden_before(instance.cls, names[0])


def _call_constant(m: Machine, function: Const, arguments: Arguments, site: Optional[CallSite]) -> Value:
    raise Dead


_CALL: dict[type, _Call] = {
    Choice: _call_choice,
    Function: call_function,
    Class: instantiate,
    Bound: lambda m, bound, given, site: call(m, bound.func, given.behind(bound.self), site),
    Method: lambda m, method, given, site: call_method(m, method.self, method.name, given, site),
    External: lambda m, external, given, site: call_external(m, external.name, given, site),
    LayerValue: _call_layer,
    Instance: _call_instance,
    Partial: lambda m, partial, given, site: call(m, partial.func, with_partial(partial, given), site),
    StaticMethod: lambda m, wrapped, given, site: call(m, wrapped.func, given, site),
    ClassMethod: lambda m, wrapped, given, site: call(m, wrapped.func, given, site),
    Symbol: _call_symbol,
    Const: _call_constant,
}
