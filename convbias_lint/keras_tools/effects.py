"""What each live Keras layer does with a shift: the layer table, with numbers.

A shift is held as an array with one axis for each axis of the tensor (one entry on the batch axis, and
one wherever the shift does not vary): what all samples have in common.  Layers that pass it on turn
it into another such array, exactly; every other layer raises `Used`.
"""

from __future__ import annotations

from typing import Any, Callable, Optional, Union

import keras
import numpy as np

from convbias_lint.keras_tools import kernels
from convbias_lint.keras_tools.biased_layers import (
    activation_name,
    array_of,
    channel_axis,
    core,
    is_linear,
    row_of,
    why_untouchable,
)
from convbias_lint.keras_tools.graph import Call, Shape, Value
from convbias_lint.keras_tools.kernels import Array
from convbias_lint.layers.keras import OPS
from convbias_lint.layers.rows import Effect, Passes
from convbias_lint.layers.torch_functions import Op


class Used(Exception):
    """The shift matters: something depends on it that no norm takes away."""


def passed_on(call: Call, shifts: dict[Value, Array], training: bool) -> Array:
    """The shift of the output of ``call``, given those of its inputs; raises `Used`."""
    if not call.simple:
        raise Used(f"{call.path} takes tensors by keyword")
    if call.layer is None:
        return _operation(call, shifts)
    layer, extra = core(call.layer)
    name = f"keras.layers.{type(layer).__name__}"
    op = OPS.get(name) if getattr(keras.layers, type(layer).__name__, None) is type(layer) else None
    if op is not None:
        if extra:
            raise Used(f"{call.path} reshapes each time step")
        return _OPERATIONS[op](call, layer, shifts)
    if len(call.inputs) != 1:
        raise Used(f"{call.path} ({type(layer).__name__}) needs it")
    return _single(call, layer, shifts[call.inputs[0]], training)


def _single(call: Call, layer: Any, shift: Array, training: bool) -> Array:
    row = row_of(layer)
    kind = type(layer)
    if kind is keras.layers.GaussianNoise or (kind is keras.layers.Activation and is_linear(layer)):
        return shift
    if kind is keras.layers.RepeatVector:
        return shift[:, None, :]
    if kind is keras.layers.ActivityRegularization and not training:
        return shift
    if row is None or row.effect not in (Effect.INTRODUCES, Effect.PASSES):
        raise Used(f"{call.path} ({row.kind if row else kind.__name__}) needs it")
    if row.effect is Effect.INTRODUCES:
        return _through_weights(call, layer, shift, training)
    if row.passes is Passes.ZERO_RATE:
        if training and getattr(layer, "rate", 1.0) != 0:
            raise Used(f"{call.path} (dropout) needs it in training")
        return shift
    if row.kind != "identity":
        _only_along_channels(call, shift)
    return shift


def _through_weights(call: Call, layer: Any, shift: Array, training: bool) -> Array:
    """Behind a convolution that pads nothing, or a dense layer: a shift again, times the weights."""
    row = row_of(layer)
    assert row is not None
    reason = why_untouchable(layer) or why_bias_stays_inside(layer, training)
    if reason is not None:
        raise Used(f"{call.path}: {reason}")
    if row.passes is Passes.LAST_AXIS:
        kernel = array_of(layer.kernel)
        return np.broadcast_to(shift, (*shift.shape[:-1], kernel.shape[0])) @ kernel
    if row.passes is not Passes.UNPADDED:
        raise Used(f"{call.path} ({row.kind}) needs it")
    if layer.padding != "valid":
        raise Used(f"{call.path} ({row.kind}) pads with zeros")
    axis = _only_along_channels(call, shift)
    vector = shift.reshape(-1)
    kind = type(layer).__name__
    if kind.startswith("Separable"):
        vector = kernels.shift_behind_depthwise(
            array_of(layer.depthwise_kernel), _full(vector, layer.depthwise_kernel.shape[-2])
        )
        vector = kernels.shift_behind_convolution(array_of(layer.pointwise_kernel), vector, 1)
    elif kind.startswith("Depthwise"):
        vector = kernels.shift_behind_depthwise(array_of(layer.kernel), _full(vector, layer.kernel.shape[-2]))
    else:
        channels = layer.kernel.shape[-2] * layer.groups
        vector = kernels.shift_behind_convolution(
            array_of(layer.kernel), _full(vector, channels), layer.groups
        )
    return along(vector, axis, shift.ndim)


def why_bias_stays_inside(layer: Any, training: bool) -> Optional[str]:
    """Why the bias of ``layer`` does not leave it as a shift, None where it does."""
    if not is_linear(layer):
        return f"its activation ({activation_name(layer)}) comes behind its bias"
    if training and getattr(layer, "activity_regularizer", None) is not None:
        return "its activity regularizer sees its bias"
    return None


def _full(vector: Array, channels: int) -> Array:
    return np.broadcast_to(vector, (channels,))


def along(vector: Array, axis: int, rank: int) -> Array:
    """``vector`` as a shift that runs along one axis."""
    shape = [1] * rank
    shape[axis] = -1
    return vector.reshape(shape)


def _only_along_channels(call: Call, shift: Array) -> int:
    """The channel axis; raises `Used` where the shift varies along another one."""
    axis = channel_axis(call.layer, shift.ndim)
    if shift.size != shift.shape[axis]:
        raise Used(f"{call.path}: it is not the same at each position there")
    return axis


def _shape(call: Call, position: int) -> Shape:
    shape = call.shapes[position]
    if shape is None:
        raise Used(f"{call.path}: the shape of its input is not known")
    return shape


def _everywhere(call: Call, shift: Array) -> Array:
    """The shift with its full shape, which must be known."""
    shape = _shape(call, 0)[1:]
    if any(size is None for size in shape):
        raise Used(f"{call.path}: the size of its input is not known")
    return np.broadcast_to(shift, (1, *(size or 1 for size in shape)))


def _add(call: Call, layer: Any, shifts: dict[Value, Array]) -> Array:
    ranks = {len(_shape(call, position)) for position in range(len(call.inputs))}
    if len(ranks) != 1:
        raise Used(f"{call.path} adds tensors of different ranks")
    found: Union[float, Array] = 0.0
    for position, value in enumerate(call.inputs):
        sign = -1.0 if position == 1 and type(layer).__name__ == "Subtract" else 1.0
        if value in shifts:
            found = found + sign * shifts[value]
    if type(layer).__name__ == "Average":
        found = found / len(call.inputs)
    return np.asarray(found)


def _concatenate(call: Call, layer: Any, shifts: dict[Value, Array]) -> Array:
    shapes = [_shape(call, position) for position in range(len(call.inputs))]
    rank = len(shapes[0])
    axis = layer.axis % rank
    parts = [shifts.get(value, np.zeros([1] * rank)) for value in call.inputs]
    others = np.broadcast_shapes(
        *(tuple(1 if a == axis else n for a, n in enumerate(p.shape)) for p in parts)
    )
    filled = []
    for part, shape in zip(parts, shapes):
        size = shape[axis]
        if size is None:
            raise Used(f"{call.path}: the size of its input is not known")
        filled.append(np.broadcast_to(part, (*others[:axis], size, *others[axis + 1 :])))
    return np.concatenate(filled, axis)


def _pool_globally(call: Call, layer: Any, shifts: dict[Value, Array]) -> Array:
    shift = shifts[call.inputs[0]]
    kept = _only_along_channels(call, shift)
    return shift if layer.keepdims else shift.reshape(1, shift.shape[kept])


def _flatten(call: Call, layer: Any, shifts: dict[Value, Array]) -> Array:
    full = _everywhere(call, shifts[call.inputs[0]])
    if layer.data_format == "channels_first" and full.ndim > 2:
        full = np.moveaxis(full, 1, -1)
    return full.reshape(1, -1)


def _reshape(call: Call, layer: Any, shifts: dict[Value, Array]) -> Array:
    return _everywhere(call, shifts[call.inputs[0]]).reshape(1, *layer.target_shape)


def _permute(call: Call, layer: Any, shifts: dict[Value, Array]) -> Array:
    return np.transpose(shifts[call.inputs[0]], (0, *layer.dims))


def _scale(call: Call, layer: Any, shifts: dict[Value, Array]) -> Array:
    return np.asarray(shifts[call.inputs[0]] * np.asarray(layer.scale, np.float64))


_OPERATIONS: dict[Op, Callable[[Call, Any, dict[Value, Array]], Array]] = {
    Op.ADD: _add,
    Op.CAT: _concatenate,
    Op.REDUCE: _pool_globally,
    Op.FLATTEN: _flatten,
    Op.RESHAPE: _reshape,
    Op.PERMUTE: _permute,
    Op.SCALE: _scale,
}


def _operation(call: Call, shifts: dict[Value, Array]) -> Array:
    """``x + y``, ``x - y`` and a number times ``x``, as they stand between layers."""
    terms = call.arguments[:2]
    if len(terms) == 2 and all(isinstance(t, (Value, int, float)) for t in terms):
        first, second = (shifts.get(t) if isinstance(t, Value) else None for t in terms)
        if call.operation in ("Add", "Subtract"):
            ranks = {len(_shape(call, position)) for position in range(len(call.inputs))}
            if len(ranks) == 1:
                sign = 1.0 if call.operation == "Add" else -1.0
                return np.asarray(
                    (0.0 if first is None else first) + sign * (0.0 if second is None else second)
                )
        number = terms[1] if isinstance(terms[0], Value) else terms[0]
        if call.operation == "Multiply" and not isinstance(number, Value):
            known = first if first is not None else second
            return np.asarray(known) * float(number)
        if (
            call.operation in ("Divide", "TrueDivide")
            and first is not None
            and not isinstance(terms[1], Value)
        ):
            return first / float(terms[1])
    raise Used(f"{call.path} ({call.operation}) needs it")
