"""Take biases out of a state dict and let the running means of norms take over what they did.

A bias that a norm cancels shifts the norm's input by a constant per channel.  In training the norm
subtracts the mean of the batch, shift included.  In evaluation it subtracts its running mean, which
has learnt the shift: without the bias, the running mean is too large by just that.  So run the model
with the biases and without them on the same input; before each norm, in order, the difference of the
two inputs is the shift, and is subtracted from the running mean at once, so that whatever comes later
in the model sees the same values again.  No knowledge of the graph is needed, and a difference that
is not constant per channel says that the bias was not redundant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError
from convbias_lint.torch_tools.bias_watch import BiasWatch
from convbias_lint.torch_tools.call import Call, copy_model, run, seeded
from convbias_lint.torch_tools.norm_watch import NormWatch

_CONSTANT = {True: 1e-9, False: 1e-4}
"""How far from constant a shift may be, relative to the norm's input: in float64, and in less."""


@dataclass
class Shifts:
    """What was subtracted from each running mean, in float64."""

    by_norm: dict[str, Tensor] = field(default_factory=dict)
    exact: bool = True
    """False where the model computes in less than float64 whatever its parameters are."""


def with_biases(model: nn.Module, biases: Mapping[str, Tensor]) -> nn.Module:
    """A copy of ``model`` to which ``biases`` (key -> values) are given back."""
    copied = copy_model(model)
    for key, values in biases.items():
        path, _, name = key.rpartition(".")
        module = copied.get_submodule(path)
        expected = _channels(module)
        if values.dim() != 1 or (expected is not None and values.numel() != expected):
            raise ToolError(
                f"wrong model: {key!r} has shape {tuple(values.shape)} in OLD, but {path!r} is "
                f"{type(module).__name__} with {expected} output channels"
            )
        weight = module._parameters.get("weight")
        trained = weight is None or weight.requires_grad  # as it was, it seems, where the layer is frozen
        setattr(module, name, nn.Parameter(values.detach().clone(), requires_grad=trained))
    return copied


def _channels(module: nn.Module) -> Optional[int]:
    channels = getattr(module, "out_channels", getattr(module, "out_features", None))
    return channels if isinstance(channels, int) else None


def move_shifts(old: nn.Module, new: nn.Module, call: Call, biases: Mapping[str, Tensor]) -> Shifts:
    """Subtract from the running means of ``new`` what ``biases`` add in ``old``; both in float64.

    Raises `ToolError` where a shift is not constant, or a bias is not reached by ``call``.
    """
    shifts = Shifts()
    reached: set[str] = set()
    for all_branches in (False, True):
        # Branches that only training takes (auxiliary heads) are run in a second pass, with every
        # layer still in evaluation mode: only the modules that hold layers are told otherwise.
        for model in (old, new):
            _evaluate(model, all_branches)
        reached |= _one_pass(old, new, call, biases, shifts)
        if reached >= set(biases):
            break
    for model in (old, new):
        model.eval()
    for key in biases:
        if key not in reached and bool(biases[key].any()):
            raise ToolError(f"{key!r} cannot be measured: this input never reaches its layer")
    return shifts


def _evaluate(model: nn.Module, all_branches: bool) -> None:
    model.eval()
    if all_branches:
        for module in model.modules():
            if list(module.children()):
                module.training = True


def _one_pass(
    old: nn.Module, new: nn.Module, call: Call, biases: Mapping[str, Tensor], shifts: Shifts
) -> set[str]:
    seen: dict[str, list[Tensor]] = defaultdict(list)

    def record(key: str, _mean: Tensor, given: Tensor, _axis: int) -> None:
        seen[key].append(given.detach().clone())

    # First which norms are functions, then their inputs, in one order with those that are modules.
    finder = NormWatch(old, lambda *_: None)
    parameters = old.state_dict(keep_vars=True)
    uses = BiasWatch({key: parameters[key] for key in biases})
    with torch.no_grad(), seeded(0), uses, finder:
        run(old, call)
    by_module = finder.keys - finder.functional
    with torch.no_grad(), seeded(0), NormWatch(old, record, list(by_module)) as watch:
        run(old, call)
    if finder.low_precision or watch.low_precision:
        shifts.exact = False
    tolerance = _CONSTANT[shifts.exact]
    met: dict[str, int] = defaultdict(int)

    def correct(key: str, mean: Tensor, given: Tensor, axis: int) -> None:
        turn, met[key] = met[key], met[key] + 1
        if turn >= len(seen[key]) or seen[key][turn].shape != given.shape:
            raise ToolError(f"the model runs otherwise without the biases: {_norm(key)} differs in its calls")
        shift, spread, scale = _between(seen[key][turn].double(), given.double(), axis)
        if not spread <= tolerance * scale:
            raise ToolError(
                f"a dropped bias reaches {_norm(key)} as more than a constant per channel "
                f"(off by {spread / scale:.1e} of its input)"
            )
        if key in shifts.by_norm:
            off = float((shift - shifts.by_norm[key]).abs().max())
            if off > tolerance * scale:
                raise ToolError(
                    f"{_norm(key)} is used several times, and the dropped biases shift its inputs "
                    f"differently: one running mean cannot serve them all"
                )
            return
        if float(shift.abs().max()) <= 1e-12 * scale:
            shift = torch.zeros_like(shift)  # rounding: the running mean stays as it is, bit by bit
        shifts.by_norm[key] = shift
        mean.sub_(shift.to(mean.dtype))

    with torch.no_grad(), seeded(0), NormWatch(new, correct, list(by_module)):
        run(new, call)
    # A layer that is registered under two names has one bias under two keys.
    used = {id(parameters[key]) for key, use in uses.uses.items() if use.calls}
    return {key for key in biases if id(parameters[key]) in used}


def _between(before: Tensor, after: Tensor, axis: int) -> tuple[Tensor, float, float]:
    """What each channel of ``before`` has more, how far from constant that is, and how large all of it is."""
    difference = before - after
    scale = max(float(before.abs().max()), float(difference.abs().max()), 1e-30)
    shift = difference.mean(dim=[dim for dim in range(difference.dim()) if dim != axis])
    shape = [-1 if dim == axis else 1 for dim in range(difference.dim())]
    spread = float((difference - shift.view(shape)).abs().max())
    return shift, spread, scale


def _norm(key: str) -> str:
    path = key.rpartition(".")[0]
    return f"the norm {path!r}" if path else "the norm"
