"""Export a model as a program that runs without its source, on batches of any size where it can."""

from __future__ import annotations

import inspect
from typing import Any, Optional

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError, one_line
from convbias_lint.torch_tools.call import Call, map_tensors, tensors_in


def exported(model: nn.Module, call: Call) -> tuple[torch.export.ExportedProgram, str]:
    """``model`` as a program, and a sentence on the batches that it takes.

    The first axis of every input is left open where all inputs agree on its size and torch can export
    the model so; otherwise the program takes the shapes of ``call`` only.
    """
    try:
        shapes = _open_batch(model, call)
        if shapes is not None:
            try:
                program = torch.export.export(model, call.args, dict(call.kwargs), dynamic_shapes=shapes)
            except Exception:
                shapes = None
        if shapes is None:
            program = torch.export.export(model, call.args, dict(call.kwargs))
    except Exception as error:
        reason = one_line(error)
        if "not a known type" in reason:
            # Registering the class would tie the program to the source that it is to run without.
            reason = "it takes or returns something else than tensors, tuples, lists and dicts of them"
        raise ToolError(
            f"torch.export cannot export the model ({reason}): name a state dict, .pt, instead"
        ) from error
    if program.range_constraints:
        return program, " It takes batches of any size."
    return program, " It takes inputs of exactly these shapes."


def _open_batch(model: nn.Module, call: Call) -> Optional[dict[str, Any]]:
    """Every argument's tensors with their first axis open, as torch.export wants it; None if it cannot."""
    automatic = getattr(torch.export.Dim, "AUTO", None)  # from PyTorch 2.6 on
    tensors = [tensor for _, tensor in tensors_in([list(call.args), dict(call.kwargs)])]
    sizes = {tensor.shape[0] if tensor.dim() else 0 for tensor in tensors}
    if automatic is None or len(sizes) != 1 or sizes & {0, 1}:  # torch takes a size of 1 for a fixed one
        return None
    given = inspect.signature(model.forward).bind(*call.args, **call.kwargs).arguments

    def first_axis(_: Tensor) -> Any:
        return {0: automatic}

    return {
        name: map_tensors(value, first_axis) if list(tensors_in(value)) else None
        for name, value in given.items()
    }
