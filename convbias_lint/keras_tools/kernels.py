"""Arithmetic on the arrays of Keras layers: batch norms as a scale and an offset, kernels, shifts.

Pure functions on NumPy arrays, in double precision, with no layer in sight.  Keras orders kernels as
``(*spatial, in / groups, out)`` for a convolution and ``(in, out)`` for a dense layer,
``(*spatial, out, in)`` for a transposed convolution and ``(*spatial, in, multiplier)`` for a
depthwise one, whose output channel ``c * multiplier + m`` comes from input channel ``c``.
"""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def norm_as_affine(
    mean: NDArray[Any],
    variance: NDArray[Any],
    epsilon: float,
    gamma: Optional[NDArray[Any]],
    beta: Optional[NDArray[Any]],
) -> tuple[Array, Array]:
    """A batch norm in inference as ``(scale, offset)``, each of shape ``(channels,)``.

    ``gamma`` is None where the norm has ``scale=False``, ``beta`` where it has ``center=False``.
    """
    scale = 1.0 / np.sqrt(np.asarray(variance, np.float64) + epsilon)
    if gamma is not None:
        scale = scale * np.asarray(gamma, np.float64)
    offset = -np.asarray(mean, np.float64) * scale
    if beta is not None:
        offset = offset + np.asarray(beta, np.float64)
    return scale, offset


def scale_outputs(kernel: NDArray[Any], scale: Array, *, transposed: bool, depthwise: bool) -> Array:
    """``kernel`` with each output channel multiplied by its entry of ``scale``, shape ``(channels,)``."""
    shape: tuple[int, ...] = (-1,)
    if transposed:
        shape = (-1, 1)
    elif depthwise:
        shape = kernel.shape[-2:]
    return np.asarray(kernel, np.float64) * scale.reshape(shape)


def shift_behind_convolution(kernel: NDArray[Any], shift: Array, groups: int) -> Array:
    """What a convolution without padding makes of ``shift``, shape ``(in,)``: shape ``(out,)``."""
    summed = np.asarray(kernel, np.float64).sum(axis=tuple(range(kernel.ndim - 2)))  # (in / groups, out)
    out = summed.shape[1] // groups
    parts = shift.reshape(groups, -1)
    return np.concatenate([parts[g] @ summed[:, g * out : (g + 1) * out] for g in range(groups)])


def shift_behind_depthwise(kernel: NDArray[Any], shift: Array) -> Array:
    """The same for a depthwise convolution: shape ``(in * multiplier,)``."""
    summed = np.asarray(kernel, np.float64).sum(axis=tuple(range(kernel.ndim - 2)))  # (in, multiplier)
    behind: Array = (summed * shift[:, None]).reshape(-1)
    return behind
