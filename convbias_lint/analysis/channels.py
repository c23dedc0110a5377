"""Which layer gave a tensor its channels, and what meets it: a norm of another width, an activation.

This is told for what follows a layer directly, or through what leaves the channels as they are.
"""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.values import Const, Tensor, Value
from convbias_lint.layers.rows import Effect, Layer, Passes

_ACTIVATIONS = frozenset(
    {
        *("relu", "relu6", "leakyrelu", "leaky_relu", "prelu", "rrelu", "elu", "celu", "selu", "gelu"),
        *("silu", "mish", "hardswish", "hardtanh", "hardsigmoid", "softplus", "softsign", "tanh", "sigmoid"),
    }
)
"""Of torch.nn (in lower case), of its functions, and as methods of tensors."""
_KEEP = (Passes.ALWAYS, Passes.PADDING_NOT_COUNTED, Passes.ZERO_RATE)


def leaves_layer(layer: LayerValue, tensor: Tensor) -> None:
    """Note on a layer's own output, before its bias is added, whose output it is."""
    tensor.maker = layer
    if isinstance(layer.bias, Const) and not layer.bias.value and not tensor.shifts:
        tensor.bare = layer


def keeping_channels(row: Layer, tensor: Tensor, out: Tensor) -> Tensor:
    """``out``, which a layer made of ``tensor`` without touching its channels."""
    if row.passes in _KEEP and out is not tensor:
        out.maker, out.bare = tensor.maker, tensor.bare
    return out


def meets_norm(m: Machine, norm: LayerValue, tensor: Tensor) -> None:
    """Compare the channels that a norm is made for with those it gets."""
    if tensor.bare is not None:
        tensor.bare.normed = True
    maker = tensor.maker
    if maker is None or m.state.guard() or not _counts(m, norm):
        return
    if maker.row.axis != 1 and tensor.rank != 2:
        return  # With three axes, axis 1 is not the one that a linear layer makes.
    given, wanted = channels_of(maker), channels_of(norm)
    if given is not None and wanted is not None and given != wanted:
        norm.misfit = maker


def meets_activation(name: str, value: Value, out: Value) -> Value:
    """``out``, what ``name`` makes of ``value``; where that is an activation, its shape is the same."""
    if isinstance(value, Tensor) and isinstance(out, Tensor) and is_activation(name):
        out.rank, out.maker, out.dims = value.rank, value.maker, value.dims
        if value.bare is not None:
            value.bare.bare = name
    return out


def channels_of(layer: LayerValue) -> Optional[int]:
    """How many channels a layer gives, or a norm wants, where that is a number."""
    argument = layer.row.channels
    value = layer.argument(argument.keyword) if argument is not None else None
    if isinstance(value, Const) and isinstance(value.value, int) and not isinstance(value.value, bool):
        return value.value
    return None


def is_activation(name: str) -> bool:
    """Whether a class, function or method of this name works on each entry by itself, around zero."""
    return name.lower().rstrip("_") in _ACTIVATIONS


def _counts(m: Machine, norm: LayerValue) -> bool:
    """Whether a norm has a weight or statistics for each channel, so that their number matters."""
    if norm.row.effect is not Effect.CANCELS:
        return False
    # Instance norms have neither unless asked for; the others have both unless told otherwise.
    usual = {
        "affine": norm.row.kind != "instance norm",
        "track_running_stats": norm.row.kind == "batch norm",
    }
    for keyword, default in usual.items():
        value = m.state.resolve(norm.argument(keyword) or Const(default))
        if isinstance(value, Const) and value.value:
            return True
    return False
