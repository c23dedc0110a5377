"""Compare what two models return, as one number: the largest difference relative to the output."""

from __future__ import annotations

import math
from typing import Any, Optional

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError
from convbias_lint.torch_tools.call import Call, run, seeded, tensors_in

_NOTHING = 1e-12
"""Outputs in double precision that are all smaller than this are a zero and its rounding.

An instance norm of an image of one value subtracts it from itself, and divides what rounding leaves by
the square root of its ``eps``.
"""


def outputs(model: nn.Module, call: Call, *, training: bool, seed: int = 0) -> Any:
    """What ``model`` returns, with seeded randomness; its buffers are as before afterwards."""
    kept = [(module, dict(module._buffers)) for module in model.modules()]
    values = [(b, b.clone()) for _, buffers in kept for b in buffers.values() if b is not None]
    model.train(training)
    try:
        with torch.no_grad(), seeded(seed):
            return run(model, call)
    finally:
        model.eval()
        with torch.no_grad():
            for buffer, value in values:
                if not torch.equal(buffer, value):  # an expanded one cannot be written to, nor has it been
                    buffer.copy_(value)
        for module, buffers in kept:  # a model may put others in their place: tables of positions, say
            module._buffers.clear()
            module._buffers.update(buffers)


def difference(before: Any, after: Any) -> float:
    """The largest |after - before| of any output, divided by that output's largest |before|.

    Two zeros that differ by rounding count as equal, and so does not-a-number on both sides; on one
    side it is infinitely different.
    """
    first, second = dict(tensors_in(before)), dict(tensors_in(after))
    if first.keys() != second.keys():
        raise ToolError("the two models return different things")
    if not first:
        raise ToolError("the model returns no tensor: nothing can be compared")
    return max(_difference(first[name], second[name]) for name in first)


def _difference(before: Tensor, after: Tensor) -> float:
    if before.shape != after.shape:
        raise ToolError(
            f"the two models return different shapes: {tuple(before.shape)}, {tuple(after.shape)}"
        )
    if before.numel() == 0:
        return 0.0
    if not (before.is_floating_point() or before.is_complex()):
        return 0.0 if torch.equal(before, after) else 1.0
    same = (before == after) | (before.isnan() & after.isnan())
    gap = torch.where(same, torch.zeros_like(before.abs()), (after - before).abs()).max()
    if not math.isfinite(float(gap)):
        return math.inf
    finite = before[before.isfinite()]
    scale = float(finite.abs().max()) if finite.numel() else 0.0
    if before.dtype == torch.float64 and max(scale, float(gap)) < _NOTHING:
        return 0.0
    return float(gap) / max(scale, 1e-30) if float(gap) else 0.0


def is_finite(output: Any) -> bool:
    """Whether every floating-point output holds at least one finite number."""
    floats = [t for _, t in tensors_in(output) if t.is_floating_point() and t.numel()]
    return all(bool(t.isfinite().any()) for t in floats)


def noise_like(call: Call, seed: int) -> Optional[Call]:
    """A call with other numbers of the same shapes and about the same size; None if none is a float."""
    generator = torch.Generator().manual_seed(seed)
    changed = 0

    def replace(tensor: Tensor) -> Tensor:
        nonlocal changed
        if not tensor.is_floating_point() or tensor.numel() == 0:
            return tensor
        changed += 1
        size = float(tensor.abs().max()) or 1.0
        noise = torch.randn(tensor.shape, generator=generator, dtype=torch.float64) * size * 1.5
        return noise.to(tensor)

    other = call.map(replace)
    return other if changed else None
