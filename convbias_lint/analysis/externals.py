"""Calling what lies outside the view: layers of the table, functions on tensors, the standard library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from convbias_lint.analysis import patterns
from convbias_lint.analysis.builders import build_external, make_container, make_layer
from convbias_lint.analysis.builtins import BUILTINS
from convbias_lint.analysis.channels import is_activation
from convbias_lint.analysis.classes import RECORD
from convbias_lint.analysis.indexing import combined, iteration_items
from convbias_lint.analysis.keras_functions import known_function
from convbias_lint.analysis.keras_models import call_keras, canonical_keras, initialise
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.lengths import settled_items
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.operator_module import OPERATORS
from convbias_lint.analysis.tensors import call_operation
from convbias_lint.analysis.unseen import layer_without_row, used_by_call
from convbias_lint.analysis.values import (
    FALSE,
    NONE,
    UNKNOWN,
    Const,
    Dict,
    External,
    Instance,
    List,
    Parameter,
    Partial,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.torch import CONTAINERS, public_name
from convbias_lint.layers.torch_functions import FUNCTION_MODULES, KNOWN_SHAPES, OPS, Op


def canonical(name: str) -> str:
    """The name under which the framework documents what is imported as ``name``."""
    if "keras" in name or name.startswith("tensorflow."):
        return canonical_keras(name)
    return public_name(name)


def call_external(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The result of calling something outside the view by its qualified name."""
    if (name.startswith("keras.") and not name.endswith(".__init__")) or known_function(name):
        return call_keras(m, name, arguments, site)
    row = m.rows.get(name)
    if row is not None:
        return make_layer(m, row, arguments, site)
    if name in CONTAINERS:
        return make_container(m, name, arguments, site)
    known = _KNOWN.get(name)
    if known is not None:
        return known(m, arguments, site)
    if name.startswith("builtins."):
        return BUILTINS.get(name[9:], _unknown)(m, arguments, site)
    if name.endswith((".__init__", ".forward")):
        return _inherited(m, name, arguments, site)
    if name.startswith(_QUIET):
        return UNKNOWN
    for module in FUNCTION_MODULES:
        if name.startswith(module):
            last = name[len(module) :]
            if last in OPS or is_activation(last) or last in KNOWN_SHAPES:
                if OPS.get(last) is Op.CHECKPOINT:
                    return _checkpoint(m, arguments, site)
                return call_operation(m, last, arguments, site)
            if module == "torch.nn.functional.":
                break
    if name.startswith("torch.nn.") and name.count(".") == 2 and name[9:10].isupper():
        return UNKNOWN if site is None else layer_without_row(m, name, arguments, site, axis=1)
    return _unknown(m, arguments, site)


_QUIET = ("torch.nn.init.", "warnings.", "logging.", "math.", "torch.manual_seed", "torch.backends.")
"""Called for what they do elsewhere; they see no activation."""


def _unknown(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return used_by_call(m, arguments, site, "a call that is not followed")


def _inherited(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``super().__init__(…)`` and ``super().forward(…)`` of a framework's class."""
    owner, _, method = name.rpartition(".")
    instance = arguments.positional[0] if arguments.positional else UNKNOWN
    rest = arguments.without_first()
    if isinstance(instance, LayerValue) and method == "forward" and owner == instance.row.name:
        return m.call(instance, rest, site)
    if not isinstance(instance, Instance):
        return _unknown(m, arguments, site)
    if method == "__init__" and owner.startswith("keras.") and owner not in m.rows:
        initialise(m, owner, instance, rest)
        return NONE
    if method == "__init__":
        build_external(m, owner, instance, rest, site)
        if not owner.startswith(("torch.nn.", "keras.")):
            for value in rest.all():
                m.use(value, "a call that is not followed")
        return NONE
    return m.forward(instance, rest, site)


def _checkpoint(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if not arguments.positional:
        return _unknown(m, arguments, site)
    rest = Arguments.of(*arguments.positional[1:])
    return m.call(arguments.positional[0], rest, site)


def _data_parallel(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``nn.parallel.data_parallel(self.main, x, range(2))``: each device runs it on a part of ``x``."""
    module, given = arguments.get(0, "module"), arguments.get(1, "inputs")
    if module is None or given is None or arguments.get(5, "module_kwargs") is not None:
        return _unknown(m, arguments, site)
    given = m.state.resolve(given)
    inputs = settled_items(m, given) if isinstance(given, Tuple) else (given,)
    return _unknown(m, arguments, site) if inputs is None else m.call(module, Arguments.of(*inputs), site)


def _checkpoint_sequential(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    functions, value = arguments.get(0, "functions"), arguments.get(2, "input")
    if functions is None or value is None:
        return _unknown(m, arguments, site)
    for item in iteration_items(m, functions):
        if not isinstance(item, Value):
            return _unknown(m, arguments, site)
        value = m.call(item, Arguments.of(value), site)
    return value


def _first(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """Wrappers that leave what they wrap as it is: weight norm, compilation, parallel copies."""
    return (
        arguments.positional[0] if arguments.positional else next(iter(arguments.keywords.values()), UNKNOWN)
    )


def _parametrized(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``register_parametrization(conv, "weight", MaxNorm())``: the bias stays as it was."""
    name = arguments.get(1, "tensor_name") or arguments.get(1, "name")
    name = Const("weight") if name is None else m.state.resolve(name)
    if not _is_text(name) or (isinstance(name, Const) and name.value == "bias"):
        return _unknown(m, arguments, site)
    return _first(m, arguments, site)


def _second(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return arguments.positional[1] if len(arguments.positional) > 1 else UNKNOWN


def _partial(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if not arguments.positional or arguments.open_positions or arguments.open_keywords:
        return _unknown(m, arguments, site)
    return Partial(arguments.positional[0], arguments.positional[1:], arguments.keywords)


def _deepcopy(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = _first(m, arguments, site)
    if isinstance(value, LayerValue):
        copied = LayerValue(value.row, value.chain, value.arguments, value.bias, value.origin, value.guard)
        m.layers.append(copied)
        return copied
    if isinstance(value, (Const, Symbol, Tensor, Parameter, External)):
        return value
    if isinstance(value, Tuple):
        return value
    if isinstance(value, List):
        copied_list = List(())
        copied_list.state.update(value.state)
        return copied_list
    if isinstance(value, Dict):
        return Dict(value.state, value.open, value.given)
    m.use(value, "a copy")
    return UNKNOWN


def _parameter(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = _first(m, arguments, site)
    return Parameter(None, value.dims if isinstance(value, Parameter) else None)


def _chain(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    result: Value = List(())
    for value in arguments.positional:
        result = combined(m, "+", result, List(iteration_items(m, value)))
    return result


def _namedtuple(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``namedtuple("Entry", ("name", "value"))``: a class of objects with these attributes."""
    given = m.state.resolve(arguments.positional[1]) if len(arguments.positional) == 2 else UNKNOWN
    if isinstance(given, Const) and isinstance(given.value, str):
        given = Tuple([Const(name) for name in given.value.replace(",", " ").split()])
    fields = settled_items(m, given)
    if fields is None or arguments.keywords or arguments.open_keywords or not all(map(_is_text, fields)):
        return _unknown(m, arguments, site)
    return Partial(External(RECORD), (Tuple(fields),), {})


def _is_text(value: Value) -> bool:
    return isinstance(value, Const) and isinstance(value.value, str)


def _record(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    fields = settled_items(m, arguments.positional[0]) or ()
    names = [field.value for field in fields if isinstance(field, Const)]
    given = dict(zip(names, arguments.positional[1:]), **arguments.keywords)
    if arguments.open_positions or arguments.open_keywords or given.keys() != set(names):
        return _unknown(m, arguments, site)
    record = Instance(External("collections.namedtuple"), site)
    record.state.update(given)
    return record


_KNOWN: dict[str, Callable[[Machine, Arguments, Optional[CallSite]], Value]] = {
    "functools.partial": _partial,
    "collections.OrderedDict": BUILTINS["dict"],
    "collections.namedtuple": _namedtuple,
    RECORD: _record,
    "typing.OrderedDict": BUILTINS["dict"],
    "typing.cast": _second,
    "copy.deepcopy": _deepcopy,
    "copy.copy": _deepcopy,
    "itertools.chain": _chain,
    **OPERATORS,
    **dict.fromkeys(("einops.rearrange", "einops.repeat"), patterns.rearranged),
    "einops.reduce": patterns.reduced,
    "einops.layers.torch.Rearrange": patterns.layer,
    "einops.layers.torch.Reduce": patterns.reducing_layer,
    "torch.nn.Parameter": _parameter,
    "torch.nn.Buffer": _parameter,
    "torch.jit.is_scripting": lambda m, arguments, site: FALSE,
    "torch.jit.is_tracing": lambda m, arguments, site: FALSE,
    "torch.utils.checkpoint.checkpoint_sequential": _checkpoint_sequential,
    "torch.utils.checkpoint.checkpoint": _checkpoint,
    "torch.nn.parallel.data_parallel": _data_parallel,
    **dict.fromkeys(
        (
            "torch.nn.utils.parametrize.register_parametrization",
            "torch.nn.utils.parametrize.remove_parametrizations",
            "torch.nn.utils.remove_spectral_norm",
            "torch.nn.utils.remove_weight_norm",
        ),
        _parametrized,
    ),
    **dict.fromkeys(
        (
            "torch.nn.utils.spectral_norm",
            "torch.nn.utils.weight_norm",
            "torch.nn.utils.parametrizations.spectral_norm",
            "torch.nn.utils.parametrizations.weight_norm",
            "torch.nn.utils.parametrizations.orthogonal",
            "torch.nn.SyncBatchNorm.convert_sync_batchnorm",
            "torch.nn.DataParallel",
            "torch.nn.parallel.DataParallel",
            "torch.nn.parallel.DistributedDataParallel",
            "torch.jit.script",
            "torch.compile",
            "torch.jit.ignore",
            "torch.jit.unused",
        ),
        _first,
    ),
    "torch.jit.annotate": _second,
}
