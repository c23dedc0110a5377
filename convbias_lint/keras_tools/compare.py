"""Run models on random inputs and say by how much their outputs differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import keras
import numpy as np

from convbias_lint.live_tools.errors import ToolError, one_line

_SIZES = (32, 64, 16, 128, 8, 224, 299)
"""What an open axis of an input is tried with, in this order."""


def random_inputs(
    model: Any,
    shapes: Optional[Sequence[Sequence[int]]] = None,
    *,
    highs: Sequence[int] = (),
    seed: int = 0,
    batch: int = 2,
) -> Any:
    """Random numbers that ``model`` accepts, in the structure of its inputs.

    ``shapes`` are full shapes, one for each input in order; left out, open axes are guessed by trying.
    Whole numbers are drawn below ``highs``, one for each input, or below 2.
    """
    try:
        specs = list(model.inputs)
    except (AttributeError, TypeError, ValueError):
        raise ToolError(
            f"{model.name} does not say what its input is: give --input SHAPE, or inputs"
        ) from None
    if shapes is not None:
        if len(shapes) != len(specs):
            raise ToolError(f"{model.name} has {len(specs)} inputs, not {len(shapes)}")
        limits = [*highs, *[2] * len(specs)]
        arrays = [
            _draw(spec, shape, seed + i, limits[i]) for i, (spec, shape) in enumerate(zip(specs, shapes))
        ]
        return _packed(model, arrays)
    open_axes = any(size is None for spec in specs for size in spec.shape[1:])
    failure: Optional[Exception] = None
    for size in _SIZES if open_axes else _SIZES[:1]:
        drawn = []
        for number, spec in enumerate(specs):
            first = spec.shape[0] if spec.shape[0] is not None else batch
            drawn.append(_draw(spec, [first, *(n or size for n in spec.shape[1:])], seed + number))
        inputs = _packed(model, drawn)
        if not open_axes:
            return inputs
        try:
            model(inputs, training=False)
        except Exception as error:
            failure = failure or error
        else:
            return inputs
    raise ToolError(f"no input size fits {model.name}, name one: {one_line(failure) if failure else ''}")


def _draw(spec: Any, shape: Sequence[int], seed: int, high: int = 2) -> Any:
    return random_array(shape, str(spec.dtype), high, seed=seed)


def random_array(shape: Sequence[int], dtype: str, high: int = 2, *, seed: int = 0) -> Any:
    """Random numbers of ``shape``; whole ones are drawn below ``high``."""
    generator = np.random.default_rng(seed)
    if "int" in dtype:
        return generator.integers(0, high, size=tuple(shape)).astype(dtype)
    if dtype == "bool":
        return generator.integers(0, 2, size=tuple(shape)).astype(bool)
    if "float" not in dtype:
        raise ToolError(f"an input of type {dtype} cannot be drawn at random")
    return generator.normal(size=tuple(shape)).astype("float64" if dtype == "float64" else "float32")


def _packed(model: Any, arrays: list[Any]) -> Any:
    if isinstance(model, keras.Sequential):
        return arrays[0]
    return keras.tree.pack_sequence_as(model.input, arrays)


def outputs(model: Any, inputs: Any, *, training: bool = False) -> list[Any]:
    """What ``model`` returns, as NumPy arrays."""
    try:
        returned = model(inputs, training=training)
    except Exception as error:
        raise ToolError(f"{model.name} fails on this input: {one_line(error)}") from error
    return [np.asarray(keras.ops.convert_to_numpy(tensor)) for tensor in keras.tree.flatten(returned)]


def difference(before: Any, after: Any, inputs: Any = None) -> float:
    """The largest difference of any output of two models, relative to that output's largest number.

    Without ``inputs``, random ones are drawn.
    """
    given = random_inputs(before) if inputs is None else inputs
    return largest_difference(outputs(before, given), outputs(after, given))


def largest_difference(before: Sequence[Any], after: Sequence[Any]) -> float:
    if [array.shape for array in before] != [array.shape for array in after]:
        raise ToolError("the two models return different shapes")
    if not any(array.size for array in before):
        raise ToolError("the model returns no numbers: nothing can be compared")
    return max(_difference(b, a) for b, a in zip(before, after) if b.size)


def _difference(before: Any, after: Any) -> float:
    b, a = before.astype(np.float64), after.astype(np.float64)
    same = (b == a) | (np.isnan(b) & np.isnan(a))
    gap = float(np.max(np.where(same, 0.0, np.abs(a - b))))
    if not np.isfinite(gap):
        return float("inf")
    finite = np.abs(b[np.isfinite(b)])
    return gap / max(float(finite.max()) if finite.size else 0.0, 1e-30) if gap else 0.0
