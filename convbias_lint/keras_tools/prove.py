"""Prove by gradient which biases of a live Keras model are redundant.

A bias is redundant exactly when no output of the model, in training mode, depends on it.  So: rebuild
the model in double precision with random biases and no zero weights (a zero would hide what lies
behind it), run one training step on random inputs and see what arrives at each bias.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import keras
import numpy as np

from convbias_lint.keras_tools.biased_layers import bias_of, can_have_bias, core, describe
from convbias_lint.keras_tools.compare import random_inputs
from convbias_lint.keras_tools.effects import Used
from convbias_lint.keras_tools.gradients import dependence
from convbias_lint.keras_tools.graph import Graph, holds_layers
from convbias_lint.keras_tools.layer_tree import live_layers
from convbias_lint.keras_tools.precision import double_precision, in_double
from convbias_lint.keras_tools.rebuild import rebuilt
from convbias_lint.keras_tools.shifts import absorbed, steps_to_norm
from convbias_lint.keras_tools.use_bias import stand_in
from convbias_lint.live_tools.audited import Audit, LayerAudit, Verdict, Way, judged, tolerances
from convbias_lint.live_tools.births import births_of
from convbias_lint.live_tools.errors import ToolError, one_line

_SEEDS = 3
_BIASED_BASES = (keras.layers.Dense, keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D)


def audit(model: Any, inputs: Any = None) -> Audit:
    """Prove which biases of ``model`` are redundant in training; ``model`` is left as it is.

    ``inputs`` are what the model is called with: an array of shape ``(batch, ...)`` or a structure of
    them, in batches of two or more; drawn at random where none are given.  A Sequential or functional
    model is rebuilt in float64, a subclassed one measured as it is.

    Raises `ToolError` where the model cannot be rebuilt or does not run on its inputs.
    """
    if not isinstance(model, keras.Model) or not model.built:
        raise ToolError(
            f"{getattr(model, 'name', model)} is no Keras model with weights: build it or call it once"
        )
    found = candidates(model)
    ratios, precision, notes = _measured(model, found, inputs)
    graph = Graph(model) if holds_layers(model) else None
    layers = tuple(
        _concluded(path, layer, ratios.get(path, []), precision, graph) for path, layer in found.items()
    )
    return Audit(
        layers=layers,
        precision=precision,
        tolerance=tolerances(precision)[0],
        runs=_seeds(model),
        parameters=int(model.count_params()),
        notes=notes,
    )


def candidates(model: Any) -> dict[str, Any]:
    """Every layer of ``model`` by path that can have a bias, also inside layers of the user's own."""
    holders = live_layers(model) if holds_layers(model) else {layer.name: layer for layer in model.layers}
    found: dict[str, Any] = {}
    for path, layer in holders.items():
        inner = core(layer)[0]
        if can_have_bias(inner):
            found[path] = inner
            continue
        for deeper in inner._flatten_layers(include_self=True):
            if can_have_bias(deeper) or isinstance(deeper, (keras.layers.EinsumDense, *_BIASED_BASES)):
                name = path if deeper is inner else f"{path}/{deeper.name}"
                while name in found and found[name] is not deeper:
                    name += "'"
                found[name] = deeper
    return found


def _measured(
    model: Any, found: dict[str, Any], inputs: Any
) -> tuple[dict[str, list[Optional[float]]], str, tuple[str, ...]]:
    """The measures of each bias in several runs, the precision, and what to say about it."""
    if not holds_layers(model):
        return (*_measured_in_place(model, found, inputs), ("measured in the model's own precision",))
    try:
        with double_precision() as doubled:
            copy = rebuilt(model, in_double)
            _randomise(copy)
            ratios = _runs(copy, candidates(copy), _inputs(copy, inputs))
    except ToolError as error:
        return (
            *_measured_in_place(model, found, inputs),
            (f"measured in the model's own precision: {error}",),
        )
    # On JAX without its 64-bit mode, doubles are floats whatever anybody asks for.
    real = str(keras.ops.convert_to_tensor(np.zeros(1), "float64").dtype).endswith("float64")
    return ratios, "float64" if doubled and real else "float32", ()


def _measured_in_place(
    model: Any, found: dict[str, Any], inputs: Any
) -> tuple[dict[str, list[Optional[float]]], str]:
    kept = [(variable, np.array(keras.ops.convert_to_numpy(variable))) for variable in model.variables]
    try:
        _randomise(model)
        return _runs(model, found, _inputs(model, inputs)), _own_precision(model)
    finally:
        for variable, value in kept:
            variable.assign(value)


def _own_precision(model: Any) -> str:
    """The least precise type that any layer computes in; double precision is not double throughout."""
    computed = {str(layer.compute_dtype) for layer in model._flatten_layers()}
    return next((name for name in ("bfloat16", "float16") if name in computed), "float32")


def _inputs(model: Any, inputs: Any) -> Any:
    return random_inputs(model, batch=4) if inputs is None else inputs


def _runs(model: Any, found: dict[str, Any], inputs: Any) -> dict[str, list[Optional[float]]]:
    biased = {path: layer for path, layer in found.items() if bias_of(layer) is not None}
    ratios: dict[str, list[Optional[float]]] = {path: [] for path in biased}
    if not biased:
        return ratios
    for seed in range(_seeds(model)):
        try:
            for path, ratio in dependence(model, biased, inputs, seed).items():
                ratios[path].append(ratio)
        except Exception as error:
            raise ToolError(f"{model.name} fails in training mode: {one_line(error)}") from error
    return ratios


def _seeds(model: Any) -> int:
    """How many runs: several for a model that draws random numbers in training."""
    return _SEEDS if any("seed" in variable.path for variable in model.variables) else 1


def _randomise(model: Any) -> None:
    generator = np.random.default_rng(2)
    for variable in model.trainable_variables + model.non_trainable_variables:
        if "float" not in str(variable.dtype) or not variable.shape:
            continue
        value = np.array(keras.ops.convert_to_numpy(variable))
        drawn = generator.normal(size=value.shape)
        if variable.name == "bias":
            variable.assign((0.1 * drawn).astype(value.dtype))
        elif variable.name == "gamma":
            # Away from zero: many models start the last norm of a block there.
            variable.assign((1.0 + 0.1 * drawn).astype(value.dtype))
        elif not value.any():
            variable.assign((0.1 * drawn).astype(value.dtype))


def _concluded(
    path: str, layer: Any, ratios: Sequence[Optional[float]], precision: str, graph: Optional[Graph]
) -> LayerAudit:
    bias = bias_of(layer)
    verdict, reason, way, ratio = Verdict.ABSENT, "", None, None
    if bias is not None:
        known = [found for found in ratios if found is not None]
        ratio = max(known, default=None)
        verdict, reason = Verdict.UNDECIDED, "no gradient comes back from any output"
        if ratio is not None:
            verdict, reason = judged(ratio, precision)
        if verdict is Verdict.REDUNDANT and graph is not None:
            way = _way(graph, path, layer)
    size = int(np.prod(bias.shape)) if bias is not None else 0
    width = {"float16": 2, "bfloat16": 2, "float64": 8}.get(str(bias.dtype), 4) if size else 0
    return LayerAudit(
        path=path,
        layer=describe(layer),
        kind="linear" if "Dense" in type(layer).__name__ else "convolution",
        shape=tuple(bias.shape) if bias is not None else (),
        parameters=size,
        bytes=size * width,
        verdict=verdict,
        reason=reason,
        way=way,
        ratio=ratio,
        births=births_of(layer),
    )


def _way(graph: Graph, path: str, layer: Any) -> Optional[Way]:
    """What the graph says of how the bias is cancelled; no verdict rests on it."""
    if not can_have_bias(layer):
        return None
    try:
        norms = absorbed(graph, path, training=True, bias=stand_in(layer)).paths
    except Used:
        return None
    names = {call.path: core(call.layer)[0] for call in graph.calls if call.path in norms}
    return Way(norms, tuple(type(names[norm]).__name__ for norm in norms), steps_to_norm(graph, path, norms))
