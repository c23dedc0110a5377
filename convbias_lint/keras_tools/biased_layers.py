"""Layers that hold a bias: what the table says of them, where the bias lies, what it does."""

from __future__ import annotations

from typing import Any, Optional

import keras
import numpy as np

from convbias_lint.keras_tools.kernels import Array
from convbias_lint.layers.keras import LAYERS
from convbias_lint.layers.rows import Effect, Layer

_ROWS: dict[type[Any], Layer] = {}
for _row in LAYERS:
    _class = getattr(keras.layers, _row.name.rpartition(".")[2], None)
    if _class is not None:
        _ROWS[_class] = _row


def row_of(layer: Any) -> Optional[Layer]:
    """The row of the layer table for a live layer; a subclass has none, it may do anything."""
    return _ROWS.get(type(layer))


def core(layer: Any) -> tuple[Any, int]:
    """The layer inside ``TimeDistributed``, and by how many axes that moves a positive axis."""
    if type(layer) is keras.layers.TimeDistributed:
        return layer.layer, 1
    return layer, 0


def can_have_bias(layer: Any) -> bool:
    row = row_of(core(layer)[0])
    return row is not None and row.effect is Effect.INTRODUCES


def bias_of(layer: Any) -> Any:
    """The bias variable of a layer, None where it has none."""
    return getattr(core(layer)[0], "bias", None)


def is_batch_norm(layer: Any) -> bool:
    return type(core(layer)[0]) is keras.layers.BatchNormalization


def array_of(variable: Any) -> Array:
    """The value of a Keras variable, in double precision."""
    return np.asarray(keras.ops.convert_to_numpy(variable)).astype(np.float64)


def channel_axis(layer: Any, rank: int) -> int:
    """The axis of the output along which the bias of ``layer`` runs, from 0."""
    inner, extra = core(layer)
    if getattr(inner, "data_format", None) == "channels_first":
        return 1 + extra
    return rank - 1


def norm_axis(layer: Any, rank: int) -> int:
    """The channel axis of a norm, from 0."""
    inner, extra = core(layer)
    axis = int(inner.axis)
    return axis + rank if axis < 0 else axis + extra


def output_rank(layer: Any, input_rank: Optional[int]) -> Optional[int]:
    inner, extra = core(layer)
    row = row_of(inner)
    if row is not None and row.rank is not None:
        return row.rank + extra
    return input_rank


def is_linear(layer: Any) -> bool:
    """Whether no activation inside the layer comes between its bias and its output."""
    activation = getattr(core(layer)[0], "activation", None)
    return activation is None or activation is keras.activations.linear


def activation_name(layer: Any) -> str:
    activation = core(layer)[0].activation
    return str(getattr(activation, "__name__", type(activation).__name__))


def why_untouchable(layer: Any) -> Optional[str]:
    """Why the weights of a layer must not be changed, None where they may."""
    inner = core(layer)[0]
    if getattr(inner, "lora_enabled", False):
        return "it has LoRA weights: merge them first"
    if getattr(inner, "quantization_mode", None) is not None:
        return "it is quantized"
    return None


def describe(layer: Any) -> str:
    """A short text for a layer: ``Conv2D(64, 3x3)``, ``Dense(10)``, or its class."""
    inner, extra = core(layer)
    counts = (getattr(inner, name, None) for name in ("filters", "units"))
    size = [str(count) for count in counts if count is not None]
    kernel = getattr(inner, "kernel_size", None)
    if kernel is not None:
        size.append("x".join(str(length) for length in kernel))
    text = type(inner).__name__ + (f"({', '.join(size)})" if size else "")
    return f"TimeDistributed({text})" if extra else text
