"""Layers of Keras at work: the same theory as for PyTorch, with channels last and options of their own.

A layer chooses its channel axis by ``data_format``, a norm by ``axis``; a layer may hold an activation,
which sees the bias; a call may put a norm in evaluation mode with ``training=False``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

from convbias_lint.analysis.builders import make_layer
from convbias_lint.analysis.channels import (
    channels_of,
    keeping_channels,
    leaves_layer,
    meets_activation,
    meets_norm,
)
from convbias_lint.analysis.conditions import on
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.lengths import settled_items
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.shifts import Shift, same_axis
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.unseen import used_by_call
from convbias_lint.analysis.values import (
    FALSE,
    NONE,
    UNKNOWN,
    Choice,
    Const,
    External,
    List,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Cancels, Effect, Layer, Passes

TRAINING = Symbol("training", "training")
"""The mode in which Keras runs a model: what ``training`` is where nobody passes it."""


def make_keras_layer(m: Machine, row: Layer, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The layer that ``row``'s constructor makes of ``arguments``."""
    layer = make_layer(m, row, arguments, site)
    if not isinstance(layer, LayerValue):
        return layer
    layer.frozen = False
    layer.arguments.pop("padding_mode", None)
    # What decides, beyond the arguments of the row, whether a shift passes.
    place = {
        Passes.UNPADDED: (0 if "Depthwise" in row.name else 1, "kernel_size"),
        Passes.ZERO_RATE: (0, "rate"),
    }
    if row.passes in place:
        position, keyword = place[row.passes]
        value = arguments.get(position, keyword)
        if isinstance(value, Value):
            layer.arguments[keyword] = value
    return layer


def call_keras_layer(m: Machine, layer: LayerValue, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``layer(inputs, training=…)``."""
    given = arguments.get(0, "inputs")
    if given is None or arguments.open_positions or not isinstance(given, Value):
        layer.used.append((m.state.guard(), "a call that is not followed"))
        return used_by_call(m, arguments, site, layer.row.kind)
    training = mode_of(m, arguments)

    def run(value: Value) -> Value:
        if isinstance(value, Tensor):
            return run_keras_layer(m, layer, value, training)
        if value is NONE or isinstance(value, Const):
            raise Dead
        m.use(value, layer.row.kind)
        return run_keras_layer(m, layer, Tensor(), training)

    return m.state.lift(given, run)


def mode_of(m: Machine, arguments: Arguments) -> Optional[Value]:
    """``training`` of a call of a layer: what it is given, else that of the call around it."""
    given = arguments.get(1, "training")
    return m.mode if given is None else given


def run_keras_layer(m: Machine, layer: LayerValue, tensor: Tensor, training: Optional[Value] = None) -> Value:
    """The output of ``layer`` for ``tensor``."""
    row = layer.row
    layer.ran = True
    rank = row.rank if row.rank is not None else tensor.rank
    if row.effect is Effect.USES:
        m.use(tensor, row.kind)
        return meets_activation(row.name.rsplit(".", 1)[-1], tensor, Tensor((), rank))
    if row.effect is Effect.CANCELS:
        frozen = layer.frozen or _is_false(m, training)
        axis = layer.argument("axis")
        return along(m, axis, _axis_of_norm, lambda axis: _normalised(m, layer, tensor, axis, frozen))
    wanted = layer.argument("data_format")
    output = along(m, wanted, axis_of_format, lambda axis: _run(m, layer, tensor, rank, axis))
    regularizer = layer.argument("activity_regularizer")
    if regularizer is not None:
        m.state.lift(_unless_none(m, regularizer), lambda held: _regularized(m, held, output))
    return output


def _unless_none(m: Machine, value: Value) -> Value:
    """A value that its caller chooses: None, or something."""
    value = m.state.resolve(value)
    return on(m, ("is", value.key, ("NoneType", None)), NONE, UNKNOWN) if isinstance(value, Symbol) else value


def _regularized(m: Machine, regularizer: Value, output: Value) -> None:
    """An activity regularizer adds to the loss what it makes of a layer's output, the bias in it."""
    if regularizer is not NONE:
        m.use(output, "activity regularizer")


def along(
    m: Machine,
    value: Optional[Value],
    read: Callable[[Machine, Value], Optional[int]],
    run: Callable[[Optional[int]], Value],
) -> Value:
    """``run`` with the channel axis that an argument chooses (None: not known), for each of its values."""
    if value is None:
        return run(axis_of_format(m, NONE) if read is axis_of_format else -1)

    def one(held: Value) -> Value:
        if isinstance(held, Symbol) and read is axis_of_format:
            first = ("is", held.key, ("str", "channels_first"))
            return m.state.branch(first, lambda: run(1), lambda: run(-1))
        return run(read(m, held))

    return m.state.lift(value, one)


def axis_of_format(m: Machine, value: Value) -> Optional[int]:
    """The channel axis of a ``data_format``; Keras defaults to channels last, unless code sets another."""
    if not isinstance(value, Const) or (value.value is None and m.any_format):
        return None
    return _AXES.get(value.value)


_AXES: dict[Any, int] = {None: -1, "channels_last": -1, "channels_first": 1}


def _axis_of_norm(m: Machine, value: Value) -> Optional[int]:
    if isinstance(value, (List, Tuple)):
        items = settled_items(m, value)
        value = items[0] if items is not None and len(items) == 1 else UNKNOWN
    if isinstance(value, Const) and isinstance(value.value, int) and not isinstance(value.value, bool):
        return value.value
    return None


# -- norms ----------------------------------------------------------------------------------------


def _normalised(m: Machine, norm: LayerValue, tensor: Tensor, axis: Optional[int], frozen: bool) -> Value:
    trainable = norm.argument("trainable")
    if trainable is None:
        _cancel(m, norm, tensor, axis, frozen)
    else:
        m.state.lift(m.truth(trainable), lambda held: _cancel(m, norm, tensor, axis, frozen or held is FALSE))
    meets_norm(m, norm, tensor)
    out = Tensor((), tensor.rank, tensor.dims)
    out.maker = tensor.maker
    return out


def _is_false(m: Machine, training: Optional[Value]) -> bool:
    """Whether a call puts a norm in evaluation mode: it then subtracts its moving mean, even in training.

    ``training=None`` does, too, inside a ``call``: Keras 3 then asks nobody around it.
    """
    if training is None:
        return False
    training = m.state.resolve(training)
    if isinstance(training, Choice):
        return _is_false(m, training.yes) or _is_false(m, training.no)
    if not isinstance(training, Const):
        return False
    return m.mode is not None if training.value is None else not training.value


def _cancel(m: Machine, norm: LayerValue, tensor: Tensor, axis: Optional[int], frozen: bool) -> None:
    grouped = norm.row.cancels is Cancels.GROUP_PER_CHANNEL and not _group_per_channel(m, norm, tensor)
    for shift in tensor.shifts:
        if axis is None or not same_axis(shift.axis, axis, tensor.rank):
            m.use_shift(shift, norm.row.kind)
        elif grouped:
            m.use_shift(shift, "group norm with more than one channel per group")
        elif frozen:
            m.use_shift(shift, "frozen norm")
        elif "renorm" in norm.arguments or "virtual_batch_size" in norm.arguments:
            m.use_shift(shift, "batch renorm")
        else:
            m.cancel_shift(shift, norm)


def _group_per_channel(m: Machine, norm: LayerValue, tensor: Tensor) -> bool:
    groups = norm.argument("groups")
    groups = m.state.resolve(groups) if groups is not None else Const(32)
    if not isinstance(groups, Const):
        return False
    channels = channels_of(tensor.maker) if tensor.maker is not None else None
    return groups.value == -1 or (channels is not None and groups.value == channels)


# -- layers that introduce or pass a shift --------------------------------------------------------


def _run(m: Machine, layer: LayerValue, tensor: Tensor, rank: Optional[int], axis: Optional[int]) -> Value:
    row = layer.row
    passed = _passed(m, layer, tensor, rank, axis)
    if row.effect is Effect.PASSES:
        return keeping_channels(row, tensor, passed)
    leaves_layer(layer, passed)
    out = m.state.lift(layer.bias, lambda bias: _introduced(m, layer, passed, bias, axis))
    activation = layer.argument("activation")
    if activation is None:
        return out
    return m.state.lift(activation, lambda held: _activated(m, held, out))


def _introduced(m: Machine, layer: LayerValue, tensor: Tensor, bias: Value, axis: Optional[int]) -> Value:
    """``tensor`` with the layer's own shift, under the resolved value of its bias argument."""
    if isinstance(bias, Const) and not bias.value:
        return tensor
    if isinstance(bias, Symbol):
        return m.state.lift(m.truth(bias), lambda held: _introduced(m, layer, tensor, held, axis))
    if axis is None:
        layer.used.append((m.state.guard(), "a channel axis that is not known"))
        return tensor
    out = Tensor((*tensor.shifts, Shift(layer, axis, frozenset(), ())), tensor.rank, tensor.dims)
    out.maker = tensor.maker
    return out


def _activated(m: Machine, activation: Value, value: Value) -> Value:
    """``value`` behind the activation inside a layer, which comes after the bias and so sees it."""
    if isinstance(activation, Const) and activation.value in (None, "linear"):
        return value
    if isinstance(activation, External) and activation.name.endswith(".linear"):
        return value
    if isinstance(activation, Symbol):
        none = ("is", activation.key, ("NoneType", None))
        return m.state.branch(none, lambda: value, lambda: _activated(m, UNKNOWN, value))
    m.use(value, "activation")
    if not isinstance(value, Tensor):
        return Tensor()
    if value.bare is not None and isinstance(activation, Const):
        value.bare.bare = str(activation.value)
    out = Tensor((), value.rank)
    out.maker = value.maker
    return out


def _passed(
    m: Machine, layer: LayerValue, tensor: Tensor, rank: Optional[int], axis: Optional[int]
) -> Tensor:
    """What is left of the shifts in ``tensor`` behind a layer that may pass them on."""
    row, passes = layer.row, layer.row.passes
    step = m.here(row.name.rsplit(".", 1)[-1], layer.chain[0])
    if row.kind == "identity":
        return tensor
    if not _may_pass(m, layer):
        m.use(tensor, row.kind)
        return Tensor((), rank)
    wanted = -1 if passes is Passes.LAST_AXIS else axis
    out = []
    for shift in tensor.shifts:
        if passes is Passes.ZERO_RATE or (wanted is not None and same_axis(shift.axis, wanted, rank)):
            out.append(shift.moved(shift.axis, step))
        else:
            m.use_shift(shift, row.kind)
    return Tensor(tuple(out), rank)


def _may_pass(m: Machine, layer: LayerValue) -> bool:
    passes = layer.row.passes
    if passes is Passes.UNPADDED:
        return _unpadded(m, layer.argument("padding")) or _is_number(m, layer.argument("kernel_size"), 1)
    if passes is Passes.ZERO_RATE:
        return _is_number(m, layer.argument("rate"), 0)
    return passes is not Passes.NEVER


def _unpadded(m: Machine, padding: Optional[Value]) -> bool:
    """Whether a ``padding`` pads nothing for certain."""
    if padding is None:
        return True
    padding = m.state.resolve(padding)
    if isinstance(padding, Choice):
        return _unpadded(m, padding.yes) and _unpadded(m, padding.no)
    return isinstance(padding, Const) and isinstance(padding.value, str) and padding.value.lower() == "valid"


def _is_number(m: Machine, value: Optional[Value], number: int) -> bool:
    """Whether an argument is ``number``, along each axis."""
    if value is None:
        return False
    value = m.state.resolve(value)
    if isinstance(value, (Tuple, List)):
        items = settled_items(m, value)
        return items is not None and all(_is_number(m, item, number) for item in items)
    return isinstance(value, Const) and value.value == number and not isinstance(value.value, bool)


def is_keras(layer: LayerValue) -> bool:
    return layer.row.name.startswith("keras.")
