"""How much the outputs of a model depend on each bias: a number from 0 to 1 for each.

On the torch backend it is the bias's gradient: the sum, over samples and positions, of what arrives
at the layer's output, divided by the sum of the sizes of those terms.  Where a norm subtracts the
mean the terms cancel, anywhere else they do not.  On other backends the same question is put by
experiment: the bias is changed, and the outputs are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Optional

import keras
import numpy as np


def dependence(model: Any, layers: Mapping[str, Any], inputs: Any, seed: int) -> dict[str, Optional[float]]:
    """The measure for each of ``layers``, all with a bias; None where nothing came of the layer."""
    if keras.backend.backend() == "torch":
        return by_gradient(model, layers, inputs, seed)
    return by_experiment(model, layers, inputs, seed)


def by_gradient(model: Any, layers: Mapping[str, Any], inputs: Any, seed: int) -> dict[str, Optional[float]]:
    """By one training step with torch's gradients."""
    import torch

    made: dict[str, list[Any]] = {path: [] for path in layers}
    trained = {path: layer.bias.value.requires_grad for path, layer in layers.items()}
    for path, layer in layers.items():
        _watch(layer, made[path])
        layer.bias.value.requires_grad_(True)
        layer.bias.value.grad = None
    keras.utils.set_random_seed(seed)
    try:
        with torch.enable_grad():
            returned = keras.tree.flatten(model(inputs, training=True))
            loss = _projection(returned, seed)
            loss.backward()
    finally:
        for path, layer in layers.items():
            layer.__dict__.pop("call", None)
            layer.bias.value.requires_grad_(trained[path])
    found: dict[str, Optional[float]] = {}
    for path, layer in layers.items():
        gradient = layer.bias.value.grad
        flow = sum(float(t.grad.abs().sum()) for t in made[path] if t.grad is not None)
        if gradient is None or flow == 0.0:
            found[path] = None
        else:
            ratio = float(gradient.abs().sum()) / flow
            found[path] = ratio if math.isfinite(ratio) else None
    for variable in model.variables:
        value: Any = getattr(variable, "value", None)
        if getattr(value, "grad", None) is not None:
            value.grad = None
    return found


def _watch(layer: Any, made: list[Any]) -> None:
    call = layer.call

    def watched(*args: Any, **kwargs: Any) -> Any:
        returned = call(*args, **kwargs)
        for tensor in keras.tree.flatten(returned):
            if getattr(tensor, "requires_grad", False):
                tensor.retain_grad()
                made.append(tensor)
        return returned

    # Past Keras's own __setattr__, which keeps track of what a layer holds.
    layer.__dict__["call"] = watched


def _projection(returned: list[Any], seed: int) -> Any:
    """A random weighted sum of every number that came out."""
    generator = np.random.default_rng(seed + 1)
    terms = []
    for tensor in returned:
        if not getattr(tensor, "requires_grad", False):
            continue
        weights = generator.normal(size=tuple(tensor.shape)) / max(1.0, float(tensor.detach().abs().max()))
        terms.append((tensor * tensor.new_tensor(weights)).sum().double())
    return sum(terms[1:], terms[0])


def by_experiment(
    model: Any, layers: Mapping[str, Any], inputs: Any, seed: int
) -> dict[str, Optional[float]]:
    """By changing one bias after the other; a training step changes statistics, so all is put back."""
    kept = [(variable, np.array(keras.ops.convert_to_numpy(variable))) for variable in model.variables]

    def put_back() -> None:
        for variable, value in kept:
            variable.assign(value)

    def outputs() -> list[Any]:
        keras.utils.set_random_seed(seed)
        returned = keras.tree.flatten(model(inputs, training=True))
        return [np.asarray(keras.ops.convert_to_numpy(tensor), np.float64) for tensor in returned]

    before = outputs()
    generator = np.random.default_rng(seed + 3)
    found: dict[str, Optional[float]] = {}
    for path, layer in layers.items():
        put_back()
        value = np.array(keras.ops.convert_to_numpy(layer.bias))
        layer.bias.assign(value + generator.normal(size=value.shape))
        gaps = []
        for old, new in zip(before, outputs()):
            scale = float(np.abs(old).max()) if old.size else 0.0
            gaps.append(float(np.abs(new - old).max()) / scale if scale else 0.0)
        found[path] = min(1.0, max(gaps)) if gaps and all(map(math.isfinite, gaps)) else None
    put_back()
    return found
