"""Fold batch norms into the convolution or dense layer before them, for inference.

Each norm's own epsilon counts (Keras's default is 1e-3, not the 1e-7 or 1e-5 of other libraries),
as do ``scale=False`` and ``center=False``.  The layer before it gets ``use_bias=True``; every other
layer keeps its name, configuration and weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

import keras
import numpy as np
from numpy.typing import NDArray

from convbias_lint.keras_tools import kernels
from convbias_lint.keras_tools.biased_layers import (
    activation_name,
    array_of,
    bias_of,
    can_have_bias,
    channel_axis,
    core,
    is_batch_norm,
    is_linear,
    norm_axis,
    output_rank,
    why_untouchable,
)
from convbias_lint.keras_tools.compare import difference
from convbias_lint.keras_tools.graph import Call, Graph, Value
from convbias_lint.keras_tools.layer_tree import live_layers
from convbias_lint.keras_tools.rebuild import rebuilt
from convbias_lint.keras_tools.unplug import unplug


@dataclass(frozen=True)
class Folded:
    """A model with fewer norms.

    ``pairs`` maps the path of each folded norm to the layer that took it in, ``kept`` that of each
    other batch norm to the reason.  ``difference`` is the largest one of any output, relative.
    """

    model: Any
    pairs: Mapping[str, str]
    kept: Mapping[str, str]
    difference: Optional[float]
    notes: tuple[str, ...] = ()


class _Kept(Exception):
    """Why a norm is not folded."""


def fold_batch_norm(model: Any) -> Any:
    """A copy of ``model`` whose foldable batch norms are gone, and which computes the same in inference.

    ``model`` is Sequential or functional, models inside models included, of any input shapes and dtypes;
    it is left as it is.  The arithmetic is done in float64 and stored in the dtype of each weight.  It is
    that of ``BatchNormalization.call`` in inference, with each layer's own epsilon:
    https://keras.io/api/layers/normalization_layers/batch_normalization/

    Raises `ToolError` where the model cannot be rebuilt; norms that cannot be folded stay.
    """
    return fold(model, measure=False).model


def fold(model: Any, *, inputs: Any = None, measure: bool = True) -> Folded:
    """As `fold_batch_norm`, with a report; the outputs are compared on ``inputs`` or on random ones."""
    pairs: dict[str, str] = {}
    folded = model
    while True:
        found, kept = _foldable(folded)
        if not found:
            break
        folded = _without(folded, found)
        pairs.update(found)
    if folded is model:
        folded = rebuilt(model, lambda _: None)
    notes = []
    if getattr(getattr(model, "optimizer", None), "built", False) and pairs:
        notes.append("the optimizer starts anew: a folded model is for inference")
    gap = difference(model, folded, inputs) if measure else None
    return Folded(folded, pairs, kept, gap, tuple(notes))


def _foldable(model: Any) -> tuple[dict[str, str], dict[str, str]]:
    graph = Graph(model)
    found: dict[str, str] = {}
    kept: dict[str, str] = {}
    for path, layer in live_layers(model).items():
        if not is_batch_norm(layer):
            continue
        try:
            source = _source(graph, path)
            if source in found.values():
                raise _Kept(f"{source} takes in another norm first")
            found[path] = source
        except _Kept as reason:
            kept[path] = str(reason)
    return found, kept


def _source(graph: Graph, path: str) -> str:
    """The path of the layer that takes the norm at ``path`` in; raises `_Kept`."""
    calls = graph.calls_of(path)
    if not calls:
        raise _Kept("the model never calls it")
    befores = []
    for call in calls:
        if call.training:
            raise _Kept("it is called with training=True: it uses the mean of each batch")
        if len(call.inputs) != 1:
            raise _Kept("it takes several tensors")
        befores.append(_before(graph, call))
    source = befores[0].path
    if any(before.path != source for before in befores) or len(befores) != len(graph.calls_of(source)):
        raise _Kept(f"{source} is shared: its other calls have no such norm behind them")
    _check(befores[0], calls[0])
    return source


def _before(graph: Graph, call: Call) -> Call:
    """The convolution or dense layer whose output only the norm ``call`` uses."""
    value = call.inputs[0]
    while True:
        if value.call < 0:
            raise _Kept("an input of the model comes before it")
        before = graph.calls[value.call]
        if can_have_bias(before.layer):
            break
        if not _does_nothing_in_inference(before) or len(before.inputs) != 1:
            raise _Kept(f"{before.path} ({before.operation}) comes before it, no convolution or dense layer")
        _only_user(graph, value)
        value = before.inputs[0]
    _only_user(graph, value)
    return before


def _only_user(graph: Graph, value: Value) -> None:
    before = graph.calls[value.call]
    if value in graph.outputs:
        raise _Kept(f"the output of {before.path} is an output of the model as well")
    users = graph.users[value]
    if len(users) != 1:
        others = ", ".join(user.path for user in users[:3])
        raise _Kept(f"the output of {before.path} goes to {len(users)} layers: {others}")


_NOTHING_IN_INFERENCE = (
    keras.layers.Dropout,
    keras.layers.SpatialDropout1D,
    keras.layers.SpatialDropout2D,
    keras.layers.SpatialDropout3D,
    keras.layers.GaussianNoise,
    keras.layers.GaussianDropout,
    keras.layers.AlphaDropout,
    keras.layers.ActivityRegularization,
    keras.layers.Identity,
)


def _does_nothing_in_inference(call: Call) -> bool:
    if type(call.layer) is keras.layers.Activation:
        return is_linear(call.layer)
    return type(call.layer) in _NOTHING_IN_INFERENCE and not call.training


def _check(before: Call, norm: Call) -> None:
    layer = before.layer
    reason = why_untouchable(layer)
    if reason is not None:
        raise _Kept(f"{before.path}: {reason}")
    if not is_linear(layer):
        raise _Kept(f"the activation of {before.path} ({activation_name(layer)}) comes before it")
    rank = output_rank(layer, len(before.shapes[0]) if before.shapes[0] else None)
    if rank is None:
        raise _Kept(f"the shape of the input of {before.path} is not known")
    if channel_axis(layer, rank) != norm_axis(norm.layer, rank):
        raise _Kept(f"it normalises axis {core(norm.layer)[0].axis}, not the channels of {before.path}")


def _without(model: Any, pairs: Mapping[str, str]) -> Any:
    live = live_layers(model)
    weights = {
        source: folded_weights(core(live[source])[0], core(live[norm])[0]) for norm, source in pairs.items()
    }
    return rebuilt(model, lambda saved: unplug(saved, list(pairs), list(pairs.values())), weights)


def folded_weights(layer: Any, norm: Any) -> dict[str, NDArray[Any]]:
    """The weights, by name, that make ``layer`` alone compute what ``norm`` behind it makes of it."""
    scale, offset = kernels.norm_as_affine(
        array_of(norm.moving_mean),
        array_of(norm.moving_variance),
        float(norm.epsilon),
        array_of(norm.gamma) if norm.scale else None,
        array_of(norm.beta) if norm.center else None,
    )
    kind = type(layer).__name__
    kernel = layer.pointwise_kernel if kind.startswith("Separable") else layer.kernel
    bias = bias_of(layer)
    return {
        kernel.name: kernels.scale_outputs(
            array_of(kernel),
            scale,
            transposed=kind.endswith("Transpose"),
            depthwise=kind.startswith("Depthwise"),
        ),
        "bias": offset if bias is None else np.asarray(array_of(bias) * scale + offset),
    }
