"""Keras layers without parameters, and functions, that tensors pass: sums, joins, pools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from convbias_lint.analysis import lengths
from convbias_lint.analysis.arithmetic import added
from convbias_lint.analysis.keras_access import FUNCTIONAL, functional_model
from convbias_lint.analysis.keras_axes import at_each_step, flat, pooled_to_one, rescaled
from convbias_lint.analysis.keras_layers import along, axis_of_format
from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.operation import Operation, flat_tensors
from convbias_lint.analysis.tensors import cat_items
from convbias_lint.analysis.values import (
    UNKNOWN,
    Const,
    Shape,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.keras import OPS
from convbias_lint.layers.torch_functions import Op


def _add(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    operation = Operation(m, name, arguments, site)

    def run(given: Value) -> Value:
        items = lengths.items_of(m, given)
        tensors = None if items is None else flat_tensors(operation, items)
        if not tensors:
            return operation.use_all()
        result = tensors[0]
        for tensor in tensors[1:]:
            result = added(result, tensor, operation.step)
        return result

    return m.state.lift(_pair_or_list(arguments), run)


def _pair_or_list(arguments: Arguments) -> Value:
    """The tensors that are added: layers take a list, ``keras.ops`` and TensorFlow two arguments."""
    if len(arguments.positional) == 2:
        return Tuple(arguments.positional)
    return arguments.positional[0] if arguments.positional else UNKNOWN


def _concatenate(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    operation = Operation(m, name, arguments, site)
    axis = operation.integer(1, "axis", -1)
    given = arguments.positional[0] if arguments.positional else None
    if given is None:
        return operation.use_all()
    return m.state.lift(given, lambda items: cat_items(operation, items, axis))


def _pool(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    keep = arguments.keywords.get("keepdims")
    keeps = isinstance(keep, Const) and bool(keep.value)

    def run(tensor: Tensor) -> Value:
        return along(
            m,
            arguments.keywords.get("data_format"),
            axis_of_format,
            lambda axis: pooled_to_one(m, name, tensor, axis, keeps, site),
        )

    return _on_tensor(m, name, arguments, run)


def _flatten(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return _on_tensor(m, name, arguments, lambda tensor: flat(m, tensor, site))


def _rescale(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if not all(isinstance(v, Const) for k, v in arguments.keywords.items() if k in ("scale", "offset")):
        return Operation(m, name, arguments, site).use_all()
    return _on_tensor(m, name, arguments, lambda tensor: rescaled(m, tensor, site))


def _same(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return _on_tensor(m, name, arguments, lambda tensor: tensor)


def _use(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    for value in arguments.all():
        m.use(value, name)
    return Tensor()


def _time_distributed(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    layer = arguments.keywords.get("layer", UNKNOWN)
    training = arguments.get(1, "training")
    return _on_tensor(m, name, arguments, lambda tensor: at_each_step(m, layer, tensor, training, site))


def _lambda(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    function = arguments.keywords.get("function", UNKNOWN)
    return m.call(function, Arguments.of(*arguments.positional), site)


def _on_tensor(m: Machine, name: str, arguments: Arguments, run: Callable[[Tensor], Value]) -> Value:
    def one(value: Value) -> Value:
        if isinstance(value, Tensor):
            return run(value)
        m.use(value, name)
        return run(Tensor())

    given = arguments.positional[0] if arguments.positional else UNKNOWN
    return m.state.lift(given, one)


_Run = Callable[[Machine, str, Arguments, Optional[CallSite]], Value]


_OF_OP: dict[Op, _Run] = {
    Op.ADD: _add,
    Op.CAT: _concatenate,
    Op.REDUCE: _pool,
    Op.FLATTEN: _flatten,
    Op.SCALE: _rescale,
}


RUN: dict[str, _Run] = {
    **{f"{name}()": _OF_OP.get(op, _use) for name, op in OPS.items()},
    "keras.layers.TimeDistributed()": _time_distributed,
    "keras.layers.Lambda()": _lambda,
    "keras.layers.InputLayer()": _same,
}


def _called(name: str, run: _Run) -> _Run:
    """``run``, for a function in small letters that does what the layer ``name`` does."""
    return lambda m, _, arguments, site: run(m, name, arguments, site)


def _joined(default: int) -> _Run:
    """Joins tensors along the axis ``default`` unless told otherwise."""

    def run(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
        if arguments.get(1, "axis") is None:
            arguments.keywords["axis"] = Const(default)
        return _concatenate(m, name, arguments, site)

    return run


def _data_format(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """Keras as it comes puts channels last; who changes that changes layers and norms alike."""
    return Const("channels_last")


def _shape(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = m.state.resolve(arguments.positional[0]) if arguments.positional else UNKNOWN
    return Shape(value) if isinstance(value, Tensor) else UNKNOWN


def _model(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    for value in arguments.all():
        m.use(value, "returned to the caller")
    return functional_model(site)


FUNCTIONS: dict[str, _Run] = {
    **dict.fromkeys(FUNCTIONAL, _model),
    **{f"keras.layers.{name}": _called(name.title(), _add) for name in ("add", "subtract", "average")},
    "keras.layers.concatenate": _called("Concatenate", _concatenate),
    "keras.backend.concatenate": _joined(-1),
    "keras.ops.concatenate": _joined(0),
    "tensorflow.concat": _joined(0),
    "keras.ops.add": _add,
    "keras.ops.subtract": _add,
    "tensorflow.add": _add,
    "tensorflow.subtract": _add,
    "tensorflow.identity": _same,
    "keras.backend.image_data_format": _data_format,
    "keras.config.image_data_format": _data_format,
    "keras.backend.int_shape": _shape,
    "keras.ops.shape": _shape,
    "tensorflow.shape": _shape,
}


def known_function(name: str) -> bool:
    """Whether a function of TensorFlow is one that model code passes tensors through."""
    return name in FUNCTIONS
