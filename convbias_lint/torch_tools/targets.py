"""Build what the command line names: models, their inputs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Optional

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.births import forget_births
from convbias_lint.live_tools.errors import KerasModelFound, ToolError, one_line
from convbias_lint.live_tools.loading import built, load_object
from convbias_lint.torch_tools.call import Call, as_call, refuse_scripted, seeded


def build_model(target: str, kwargs: str = "{}", *, births: bool = False) -> nn.Module:
    """The model that ``target`` names, built with ``kwargs`` (a JSON object) from seed 0.

    Of a compiled or data-parallel model it is the module inside, which is what people's own code names.
    With ``births``, every layer remembers the source line that built it.
    """
    with seeded(0):
        found = built(target, kwargs)
    keras = sys.modules.get("keras")
    if keras is not None and isinstance(found, keras.Model):
        raise KerasModelFound(target, found)
    if not isinstance(found, nn.Module):
        raise ToolError(f"{target} returned {type(found).__name__}, not a torch.nn.Module")
    refuse_scripted(found)
    model = _unwrapped(found)
    if not births:
        forget_births(model.modules())
    return model


def _unwrapped(model: nn.Module) -> nn.Module:
    while True:
        if isinstance(model, (nn.DataParallel, nn.parallel.DistributedDataParallel)):
            model = model.module
        elif isinstance(model._modules.get("_orig_mod"), nn.Module):  # torch.compile
            model = model.get_submodule("_orig_mod")
        else:
            return model


def build_call(shapes: Sequence[str], inputs: Optional[str]) -> Call:
    """The model's input, from ``--input`` shapes or from the ``--inputs`` callable; from seed 0."""
    if inputs and shapes:
        raise ToolError("--input and --inputs exclude each other")
    with seeded(0):
        if inputs:
            found = load_object(inputs)
            try:
                return as_call(found() if callable(found) else found)
            except (Exception, SystemExit) as error:
                raise ToolError(f"{inputs} fails: {one_line(error)}") from error
        if not shapes:
            raise ToolError("what is the model's input? give --input SHAPE, such as --input 4x3x64x64")
        args: list[Any] = []
        kwargs: dict[str, Any] = {}
        for text in shapes:
            name, _, spec = text.rpartition("=")
            if name:
                kwargs[name] = random_tensor(spec)
            else:
                args.append(random_tensor(spec))
        return Call(tuple(args), kwargs)


def random_tensor(spec: str) -> Tensor:
    """``4x3x64x64``, ``4x3x64x64:float16``, ``4x16:int64:1000`` (below 1000), ``4x16:bool``."""
    shape, _, rest = spec.partition(":")
    dtype_name, _, high = rest.partition(":")
    dtype = getattr(torch, dtype_name or "float32", None)
    try:
        sizes = [int(size) for size in shape.lower().split("x")]
        limit = int(high) if high else 2
    except ValueError:
        sizes, limit = [], 0
    if not isinstance(dtype, torch.dtype) or not sizes or min(sizes) < 1 or limit < 1:
        raise ToolError(f"--input {spec!r} is no shape: write 4x3x64x64, 4x16:int64:1000 or mask=4x16:bool")
    try:
        if dtype.is_complex:
            return torch.randn(sizes, dtype=dtype)
        return (torch.randn(sizes) if dtype.is_floating_point else torch.randint(limit, sizes)).to(dtype)
    except (RuntimeError, TypeError) as error:  # torch knows of types that it makes no tensors of
        raise ToolError(f"--input {spec!r}: no tensor can be made of it: {one_line(error)}") from error
