"""Prove by gradient which biases of a live Keras model are redundant.

A bias is redundant exactly when no output of the model, in training mode, depends on it.  So: rebuild
the model in double precision with random biases and no zero weights (a zero would hide what lies
behind it), run one training step on random inputs and see what arrives at each bias.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import keras
import numpy as np

from convbias_lint.keras_tools.biased import bias_of, can_have_bias, core, describe
from convbias_lint.keras_tools.compare import random_inputs
from convbias_lint.keras_tools.effects import Used
from convbias_lint.keras_tools.gradients import dependence
from convbias_lint.keras_tools.graph import Graph, holds_layers
from convbias_lint.keras_tools.layer_tree import live_layers
from convbias_lint.keras_tools.precision import double_precision, in_double
from convbias_lint.keras_tools.rebuild import rebuilt
from convbias_lint.keras_tools.shifts import absorbed
from convbias_lint.keras_tools.use_bias import stand_in
from convbias_lint.torch_tools.errors import ToolError, one_line

# Zero up to rounding, and surely not zero; what lies between is called undecided.
TOLERANCES = {"float64": (1e-10, 1e-7), "float32": (3e-6, 1e-4)}
_SEEDS = 3


class Verdict(str, enum.Enum):
    """What the gradients say of one bias."""

    REDUNDANT = "redundant"
    NEEDED = "needed"
    ABSENT = "absent"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class LayerAudit:
    """What was found out about one layer; ``norms`` are the paths of those that cancel its bias.

    ``ratio`` is the measure that decided (the largest of all runs), None where nothing was measured.
    """

    path: str
    layer: str
    parameters: int
    bytes: int
    verdict: Verdict
    reason: str = ""
    norms: tuple[str, ...] = ()
    ratio: Optional[float] = None


@dataclass(frozen=True)
class Audit:
    """The verdict on every convolution and dense layer of a model."""

    model: str
    layers: tuple[LayerAudit, ...]
    precision: str
    parameters: int
    notes: tuple[str, ...] = ()

    def having(self, verdict: Verdict) -> tuple[LayerAudit, ...]:
        return tuple(layer for layer in self.layers if layer.verdict is verdict)

    @property
    def redundant(self) -> tuple[LayerAudit, ...]:
        return self.having(Verdict.REDUNDANT)


def audit(model: Any, inputs: Any = None) -> Audit:
    """Prove which biases of ``model`` are redundant in training; ``model`` is left as it is.

    ``inputs`` are drawn at random where none are given.  Raises `ToolError` where the model cannot
    be rebuilt or does not run on its inputs.
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
    return Audit(model.name, layers, precision, int(model.count_params()), notes)


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
            if can_have_bias(deeper) or isinstance(deeper, (keras.layers.EinsumDense, *_biased_bases())):
                name = path if deeper is inner else f"{path}/{deeper.name}"
                while name in found and found[name] is not deeper:
                    name += "'"
                found[name] = deeper
    return found


def _biased_bases() -> tuple[type[Any], ...]:
    return (keras.layers.Dense, keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D)


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
        return _runs(model, found, _inputs(model, inputs)), "float32"
    finally:
        for variable, value in kept:
            variable.assign(value)


def _inputs(model: Any, inputs: Any) -> Any:
    return random_inputs(model, batch=4) if inputs is None else inputs


def _runs(model: Any, found: dict[str, Any], inputs: Any) -> dict[str, list[Optional[float]]]:
    biased = {path: layer for path, layer in found.items() if bias_of(layer) is not None}
    ratios: dict[str, list[Optional[float]]] = {path: [] for path in biased}
    if not biased:
        return ratios
    for seed in range(_SEEDS if _draws(model) else 1):
        try:
            for path, ratio in dependence(model, biased, inputs, seed).items():
                ratios[path].append(ratio)
        except Exception as error:
            raise ToolError(f"{model.name} fails in training mode: {one_line(error)}") from error
    return ratios


def _draws(model: Any) -> bool:
    """Whether the model draws random numbers in training."""
    return any("seed" in variable.path for variable in model.variables)


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
    if bias is None:
        return LayerAudit(path, describe(layer), 0, 0, Verdict.ABSENT)
    size = int(np.prod(bias.shape))
    known = [ratio for ratio in ratios if ratio is not None]
    zero, nonzero = TOLERANCES[precision]
    verdict, reason = Verdict.UNDECIDED, "no gradient comes back from any output"
    if known and max(known) >= nonzero:
        verdict, reason = Verdict.NEEDED, ""
    elif known and max(known) <= zero:
        verdict, reason = Verdict.REDUNDANT, ""
    elif known:
        reason = f"too close to call: {max(known):.1e}, neither zero nor clearly not"
    norms: tuple[str, ...] = ()
    if verdict is Verdict.REDUNDANT and graph is not None and can_have_bias(layer):
        try:
            norms = absorbed(graph, path, training=True, bias=stand_in(layer)).paths
        except Used as used:
            reason = str(used)
    width = {"float16": 2, "bfloat16": 2, "float64": 8}.get(str(bias.dtype), 4)
    return LayerAudit(
        path, describe(layer), size, size * width, verdict, reason, norms, max(known, default=None)
    )
