"""The arithmetic of folding a batch norm into a linear map, on tensors alone, for every kind of layer.

A batch norm in evaluation mode is ``x * scale + offset`` for each channel.  Weights are
``(out, in / groups, *kernel)`` for convolutions, ``(in, out / groups, *kernel)`` for transposed ones
and ``(out, in)`` for linear layers; all that differs between them is which axis is which.
"""

from __future__ import annotations

from typing import Optional

import torch
from torch import Tensor


def scale_and_offset(
    mean: Tensor, variance: Tensor, epsilon: float, gain: Optional[Tensor], bias: Optional[Tensor]
) -> tuple[Tensor, Tensor]:
    """A norm as ``(scale, offset)``, each of shape (channels,) in float64; gain and bias may be None."""
    scale = (variance.double() + epsilon).rsqrt()
    if gain is not None:
        scale = scale * gain.double()
    offset = -mean.double() * scale
    if bias is not None:
        offset = offset + bias.double()
    return scale, offset


def fold_after(
    weight: Tensor, bias: Optional[Tensor], scale: Tensor, offset: Tensor, *, transposed: bool, groups: int
) -> tuple[Tensor, Tensor]:
    """The layer followed by the norm: ``(weight, bias)`` in float64."""
    folded = _by_group(weight.double(), groups)  # (groups, ...)
    per_group = scale.view(groups, -1)
    folded = folded * _along(per_group, folded.dim(), axis=2 if transposed else 1)
    start = torch.zeros_like(scale) if bias is None else bias.double()
    return folded.reshape(weight.shape), start * scale + offset


def fold_before(
    weight: Tensor, bias: Optional[Tensor], scale: Tensor, offset: Tensor, *, transposed: bool, groups: int
) -> tuple[Tensor, Tensor]:
    """The layer preceded by the norm; right only where it pads nothing. In float64.

    A transposed layer must have a kernel of size 1, or its border would get less of the offset.
    """
    grouped = _by_group(weight.double(), groups)
    channel = 1 if transposed else 2  # of the input
    folded = grouped * _along(scale.view(groups, -1), grouped.dim(), axis=channel)
    constant = grouped * _along(offset.view(groups, -1), grouped.dim(), axis=channel)
    out = 2 if transposed else 1
    added = constant.sum(dim=[axis for axis in range(constant.dim()) if axis not in (0, out)]).reshape(-1)
    return folded.reshape(weight.shape), added if bias is None else bias.double() + added


def _by_group(weight: Tensor, groups: int) -> Tensor:
    return weight.reshape(groups, weight.shape[0] // groups, *weight.shape[1:])


def _along(values: Tensor, dimensions: int, *, axis: int) -> Tensor:
    """``values`` (groups, channels) with its channels on ``axis`` of a tensor of ``dimensions``."""
    shape = [1] * dimensions
    shape[0], shape[axis] = values.shape
    return values.reshape(shape)
