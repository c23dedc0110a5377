"""Carry a state dict over to a model without its redundant biases, and prove that nothing changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError, one_line
from convbias_lint.torch_tools.biased_layers import LINEAR_LAYERS
from convbias_lint.torch_tools.call import Call, Inputs, as_call, copy_model, materialised
from convbias_lint.torch_tools.carry_over import Shifts, move_shifts, with_biases
from convbias_lint.torch_tools.compare import difference, is_finite, noise_like, outputs
from convbias_lint.torch_tools.model_state import load_state

# The largest relative difference of outputs that counts as rounding.
_EVALUATION = {True: 1e-10, False: 1e-4}
_TRAINING = {True: 1e-8, False: 1e-3}


@dataclass(frozen=True)
class Migrated:
    """A state dict for the other model, and how it compares.

    ``differences`` are the largest differences of the outputs, relative to their size, between the
    model with the old state and with the new one: in evaluation mode on ``inputs`` and on noise, in
    training mode, and as stored, when the running means are rounded to the file's own dtype.
    """

    state_dict: dict[str, Any]
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    parameters: int = 0
    shifts: Mapping[str, float] = field(default_factory=dict)
    """The running means that changed, each with the largest change of any channel."""
    differences: Mapping[str, float] = field(default_factory=dict)
    precision: str = "float64"
    notes: tuple[str, ...] = ()


def migrate_state_dict(state_dict: Mapping[str, Any], model: nn.Module, inputs: Inputs) -> Migrated:
    """Turn ``state_dict``, of a model with redundant biases, into one for ``model``, without them.

    ``model`` is built by the new code; its own values do not matter and it is left as it is.
    ``inputs`` are what it is called with (as in `audit`), of any shapes that reach every layer.  All
    is computed in float64 on the CPU and stored in the dtypes of ``state_dict``, which is not changed;
    values that stay are the same tensors.

    A norm in evaluation mode gives ``(x - running_mean) / sqrt(running_var + eps)``, per channel
    (https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html): the constant of shape
    ``(channels,)`` that the biases add to ``x`` is subtracted from ``running_mean``, of the same shape.

    Raises `ToolError` where ``state_dict`` does not fit, a bias is not redundant, or outputs differ.
    """
    call = as_call(inputs)
    materialised(model, call)
    biases = _surplus(state_dict, model)
    if not biases:
        raise ToolError(
            "nothing to migrate: OLD fits the model as it is. "
            "Run `convbias-lint check --fix` on its code first, or name the fixed code as --model"
        )
    _refuse_unfit(state_dict, model, biases)
    exact_call = _on_cpu(call).cast(torch.float64)
    new = copy_model(model).cpu().double()
    old_values = {key: value.detach().cpu().double() for key, value in biases.items()}
    old = with_biases(new, old_values)
    _load(old, state_dict, "OLD")
    state = _copy_of(state_dict)
    for key in biases:
        del state[key]
    _load(new, state, "OLD without the biases")
    try:
        shifts = move_shifts(old, new, exact_call, old_values)
    except ToolError as error:
        raise ToolError(_with_culprits(str(error), old, exact_call, old_values)) from error
    changed = {key: shift for key, shift in shifts.by_norm.items() if bool(shift.any())}
    moved = new.state_dict(keep_vars=True)
    for key in [key for key, mean in moved.items() if any(mean is moved[norm] for norm in changed)]:
        state[key] = moved[key].to(dtype=state_dict[key].dtype, device=state_dict[key].device)
        if not bool(state[key].double().isfinite().all()):
            raise ToolError(f"{key!r} overflows {state[key].dtype} once it holds the bias")
    differences, notes = _verify(old, new, model, state, exact_call, shifts, old_values)
    return Migrated(
        state_dict=state,
        dropped=tuple(biases),
        parameters=sum(value.numel() for value in biases.values()),
        shifts={key: float(shift.abs().max()) for key, shift in changed.items()},
        differences=differences,
        precision="float64" if shifts.exact else "float32 (the model computes in it)",
        notes=tuple(notes),
    )


def restore_state_dict(state_dict: Mapping[str, Any], model: nn.Module, inputs: Inputs) -> Migrated:
    """The way back: ``model`` is built by old code, with biases, and ``state_dict`` has none: zeros.

    Zero biases, of shape ``(channels,)`` and in the dtype of their layer's weight, leave every running
    mean right, so nothing else changes.

    Raises `ToolError` where ``state_dict`` does not fit, or has every bias already.
    """
    call = as_call(inputs)
    materialised(model, call)
    wanted = model.state_dict()
    missing = {
        key: wanted[key]
        for key in wanted
        if key not in state_dict and key.rpartition(".")[2] == "bias" and _can_do_without(model, key)
    }
    if not missing:
        raise ToolError("nothing to put back: OLD has every bias of the model")
    _refuse_unfit(state_dict, model)
    state = type(state_dict)() if isinstance(state_dict, OrderedDict) else {}
    for key in [*(key for key in wanted if key in missing or key in state_dict), *state_dict]:
        if key in missing:
            weight = state_dict.get(f"{key.removesuffix('bias')}weight", wanted[key])
            state[key] = torch.zeros(wanted[key].shape, dtype=weight.dtype)
        elif key not in state:
            state[key] = state_dict[key]
    if hasattr(state_dict, "_metadata"):
        state._metadata = state_dict._metadata  # type: ignore[attr-defined]
    exact_call = _on_cpu(call).cast(torch.float64)
    new = copy_model(model).cpu().double()
    old = copy_model(new)
    for key in missing:
        path, _, name = key.rpartition(".")
        old.get_submodule(path).register_parameter(name, None)
    _load(old, state_dict, "OLD")
    _load(new, state, "OLD with zero biases")
    before, after = (outputs(m, exact_call, training=False) for m in (old, new))
    gap = difference(before, after)
    if gap > _EVALUATION[True]:
        raise ToolError(f"the outputs differ by {gap:.1e} once zero biases are there")
    return Migrated(
        state_dict=state,
        added=tuple(missing),
        parameters=sum(value.numel() for value in missing.values()),
        differences={"evaluation": gap},
    )


def _surplus(state_dict: Mapping[str, Any], model: nn.Module) -> dict[str, Tensor]:
    """The biases of ``state_dict`` that ``model`` has no place for; refuses any other misfit."""
    wanted = model.state_dict()
    unexpected = [key for key in state_dict if key not in wanted]
    biases = {key: state_dict[key] for key in unexpected if _has_no(model, key)}
    misfits = [key for key in unexpected if key not in biases]
    missing = [k for k in wanted if k not in state_dict and not k.endswith("num_batches_tracked")]
    lacking_stats = [key for key in missing if key.endswith(("running_mean", "running_var"))]
    if misfits:
        raise ToolError(f"wrong model: it has no {_some(misfits)}, which OLD has")
    if missing and lacking_stats == missing:
        raise ToolError(f"norm statistics are missing in OLD: {_some(missing)}")
    if missing:
        raise ToolError(f"wrong model: OLD has no {_some(missing)}, which the model needs")
    for key, value in wanted.items():
        found = state_dict.get(key)
        if isinstance(value, Tensor) and isinstance(found, Tensor) and value.shape != found.shape:
            raise ToolError(
                f"wrong model: {key!r} has shape {tuple(found.shape)} in OLD, "
                f"{tuple(value.shape)} in the model"
            )
    return biases


def _has_no(model: nn.Module, key: str) -> bool:
    """Whether ``key`` names a parameter that its module declares and does not have."""
    path, _, name = key.rpartition(".")
    try:
        module = model.get_submodule(path)
    except AttributeError:
        return False
    return name == "bias" and name in module._parameters and module._parameters[name] is None


def _can_do_without(model: nn.Module, key: str) -> bool:
    return isinstance(model.get_submodule(key.rpartition(".")[0]), LINEAR_LAYERS)


def _refuse_unfit(state_dict: Mapping[str, Any], model: nn.Module, biases: Iterable[str] = ()) -> None:
    """Refuse values that cannot be computed with: no tensors, no numbers, or not a number."""
    wanted = model.state_dict()
    for key in [*(key for key, value in wanted.items() if isinstance(value, Tensor)), *biases]:
        value = state_dict.get(key)
        if value is None and key not in state_dict:
            continue
        if not isinstance(value, Tensor):
            raise ToolError(f"{key!r} of OLD is {type(value).__name__}, no tensor")
        if value.is_meta:
            raise ToolError(f"{key!r} of OLD has no values, it was saved from the meta device")
        if value.layout is not torch.strided or value.is_quantized:
            kind = "quantized" if value.is_quantized else "sparse"
            raise ToolError(f"{key!r} of OLD is {kind}: only plain dense tensors can be migrated")
        if not value.is_floating_point():
            if key in biases:
                raise ToolError(f"{key!r} of OLD is {value.dtype}: a bias has floating-point numbers")
            continue
        lost = int(value.double().isnan().sum())
        if lost:
            raise ToolError(f"{key!r} of OLD holds NaN: {lost} of {value.numel()} values")


def _load(model: nn.Module, state: Mapping[str, Any], what: str) -> None:
    load_state(model, state, f"{what} does not load into the model")


def _copy_of(state: Mapping[str, Any]) -> dict[str, Any]:
    copied: dict[str, Any] = OrderedDict(state) if isinstance(state, OrderedDict) else dict(state)
    if hasattr(state, "_metadata"):
        copied._metadata = state._metadata  # type: ignore[attr-defined]
    return copied


def _on_cpu(call: Call) -> Call:
    return call.map(lambda tensor: tensor.detach().cpu())


def _some(keys: list[str], most: int = 3) -> str:
    shown = ", ".join(repr(key) for key in keys[:most])
    return shown + (f" and {len(keys) - most} more" if len(keys) > most else "")


def _with_culprits(reason: str, old: nn.Module, call: Call, biases: Mapping[str, Tensor]) -> str:
    """``reason``, and which of the biases the gradients call needed."""
    from convbias_lint.live_tools.audited import Verdict
    from convbias_lint.torch_tools.prove import audit

    try:
        verdicts = {layer.path: layer.verdict for layer in audit(old, call).layers}
    except ToolError:
        return reason
    needed = [key for key in biases if verdicts.get(key.rpartition(".")[0]) is Verdict.NEEDED]
    return f"{_some(needed)} cannot go, the model needs it: {reason}" if needed else reason


def _verify(
    old: nn.Module,
    new: nn.Module,
    model: nn.Module,
    state: Mapping[str, Any],
    call: Call,
    shifts: Shifts,
    biases: Mapping[str, Tensor],
) -> tuple[dict[str, float], list[str]]:
    differences: dict[str, float] = {}
    notes: list[str] = []
    before = outputs(old, call, training=False)
    if not is_finite(before):
        raise ToolError("with OLD's values the outputs are not finite on this input: nothing can be compared")

    def compare(name: str, gap: float, limit: float) -> None:
        differences[name] = gap
        if not gap <= limit:
            reason = f"the outputs differ by {gap:.1e} in {name} (at most {limit:.0e} would be rounding)"
            raise ToolError(_with_culprits(reason, old, call, biases))

    compare("evaluation", difference(before, outputs(new, call, training=False)), _EVALUATION[shifts.exact])
    for seed in (1, 2):
        # A shift that got through an activation because nothing was cut off would show on other numbers.
        noise = noise_like(call, seed)
        if noise is None:
            break
        try:
            first = outputs(old, noise, training=False)
        except ToolError as error:
            notes.append(f"not compared on noise: {error}")
            break
        gap = difference(first, outputs(new, noise, training=False))
        compare(
            "evaluation on noise",
            max(gap, differences.get("evaluation on noise", 0.0)),
            1e2 * _EVALUATION[shifts.exact],
        )
    trained = _training_difference(old, new, call, notes)
    if trained is not None:
        compare("training", trained, _TRAINING[shifts.exact])
    stored = copy_model(model).cpu().double()
    _load(stored, state, "NEW")
    differences["as stored"] = difference(before, outputs(stored, call, training=False))
    return differences, notes


def _training_difference(old: nn.Module, new: nn.Module, call: Call, notes: list[str]) -> Optional[float]:
    try:
        before = outputs(old, call, training=True)
        return difference(before, outputs(new, call, training=True))
    except ToolError as error:
        notes.append(f"not compared in training mode: {error}")
        return None
    except RuntimeError as error:
        notes.append(f"not compared in training mode: {one_line(error)}")
        return None
