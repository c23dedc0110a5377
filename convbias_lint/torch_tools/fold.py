"""Fold batch norms into the layers beside them, for inference.

Which layer feeds which norm is found by running the model, so that control flow, functional calls
and modules listed in another order than they run in make no difference.  A norm is folded only where
nothing else sees what lies between it and its neighbour; each one that stays has its reason told.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from convbias_lint.live_tools.errors import ToolError
from convbias_lint.torch_tools.call import Call, Inputs, SyncBatchNorm, as_call, copy_model, materialised
from convbias_lint.torch_tools.compare import difference, outputs
from convbias_lint.torch_tools.data_flow import DataFlow, LayerCall
from convbias_lint.torch_tools.fold_arithmetic import fold_after, fold_before, scale_and_offset

_OWN_FORWARD = (nn.modules.batchnorm._BatchNorm.forward, nn.SyncBatchNorm.forward)
_ROUNDS = 10
_LIMIT = 1e-9


class Fold(NamedTuple):
    """A norm that is gone and the layer that took it in, which runs ``before`` or ``after`` it."""

    norm: str
    layer: str
    side: str


class Left(NamedTuple):
    """A norm that stays, and why."""

    norm: str
    reason: str


class Folded(NamedTuple):
    """The folded model in evaluation mode, what was done and by how much its outputs differ.

    ``difference`` is relative, in the model's own dtype; ``exact_difference`` the same in float64,
    None where the model does not run in it.
    """

    model: nn.Module
    folds: tuple[Fold, ...]
    left: tuple[Left, ...]
    difference: float
    exact_difference: Optional[float]


def fold_batch_norm(model: nn.Module, inputs: Inputs) -> Folded:
    """A copy of ``model`` with its batch norms folded away, for inference.

    ``inputs`` is what the model is called with (as in `audit`); any shapes and dtypes it accepts, on
    its device.  Folded are batch norms with running statistics right after a convolution, transposed
    convolution or linear layer, or right before a convolution or linear layer that pads nothing.  The
    arithmetic is done in float64 and stored in the dtype of each weight.

    Raises `ToolError` where the model does not run, or the folded one returns something else.
    """
    call = as_call(inputs)
    materialised(model, call)
    folded = copy_model(model).eval()
    folds: list[Fold] = []
    for _ in range(_ROUNDS):
        flow = DataFlow(folded, call)
        done = _fold_once(folded, flow)
        folds += done
        if not done:
            break
    flow = DataFlow(folded, call)
    left = tuple(
        Left(path, _reason(module, flow, folded))
        for path, module in folded.named_modules()
        if isinstance(module, nn.modules.batchnorm._BatchNorm)
    )
    original = copy_model(model).eval()
    gap = difference(outputs(original, call, training=False), outputs(folded, call, training=False))
    exact = _exact_difference(model, folds, call)
    if exact is not None and exact > _LIMIT:
        raise ToolError(
            f"the folded model's outputs differ by {exact:.1e} in float64: it is not the same function"
        )
    for module in folded.modules():
        if type(module) is SyncBatchNorm:  # one that stays; whoever loads the model need not have this tool
            object.__setattr__(module, "__class__", nn.SyncBatchNorm)
    return Folded(folded, tuple(folds), left, gap, exact)


def _exact_difference(model: nn.Module, folds: list[Fold], call: Call) -> Optional[float]:
    """The difference in float64, with the folding done anew in it: no rounding of stored weights."""
    exact, exact_call = copy_model(model).double().eval(), call.cast(torch.float64)
    try:
        before = outputs(exact, exact_call, training=False)
    except ToolError:
        return None
    for fold in folds:
        norm, layer = exact.get_submodule(fold.norm), exact.get_submodule(fold.layer)
        _apply(exact, norm, layer, fold.side)
    return difference(before, outputs(exact, exact_call, training=False))


def _fold_once(model: nn.Module, flow: DataFlow) -> list[Fold]:
    done: list[Fold] = []
    touched: set[int] = set()
    paths = {id(module): path for path, module in model.named_modules()}
    for call in flow.calls:
        norm = call.module
        if call.kind != "norm" or norm is None or _own_reason(norm, flow):
            continue
        for side, layer, reason in (_before(call, flow, model), _after(call, flow, model)):
            if not reason and layer is not None and id(layer) not in touched:
                touched.add(id(layer))
                done.append(Fold(paths[id(norm)], paths[id(layer)], side))
                _apply(model, norm, layer, side)
                break
    return done


def _reason(norm: nn.Module, flow: DataFlow, model: nn.Module) -> str:
    """Why ``norm`` was left."""
    calls = flow.of(norm)
    own = _own_reason(norm, flow)
    if own or not calls:
        return own or "this input never reaches it"
    before, after = _before(calls[0], flow, model)[2], _after(calls[0], flow, model)[2]
    return before if before == after else f"{before}; {after}"


def _own_reason(norm: nn.Module, flow: DataFlow) -> str:
    calls = flow.of(norm)
    if not isinstance(norm, nn.modules.batchnorm._BatchNorm):
        return "it is computed by a module that is no batch norm"
    if norm.running_mean is None or norm.running_var is None:
        return "it has no running statistics"
    if type(norm).forward not in _OWN_FORWARD:
        return f"{type(norm).__name__} has a forward of its own"
    if norm.training:  # a ``train`` of its own or of a module around it holds it there
        return "it uses the mean of each batch in evaluation mode too"
    if len(calls) > 1:
        return f"it is called {len(calls)} times"
    return _meddled(norm)


def _meddled(module: nn.Module) -> str:
    if (
        parametrize.is_parametrized(module)
        or "weight_g" in module._parameters
        or "weight_orig" in module._parameters
    ):
        return "its weight is computed by a parametrization"
    if module._forward_hooks or module._forward_pre_hooks:
        return "it has forward hooks"
    return ""


def _before(call: LayerCall, flow: DataFlow, model: nn.Module) -> tuple[str, Optional[nn.Module], str]:
    """The layer whose output is the norm's input, and why it cannot take the norm in, if it cannot."""
    makers = [maker for maker in flow.calls if maker.output is call.input and maker.kind != "norm"]
    if not makers:
        return "before", None, "no layer's output goes straight into it"
    maker = makers[0]
    reason = _layer_reason(maker, flow, model)
    if not reason and flow.uses[id(call.input)] > 1:
        reason = f"the output of {maker.path!r} is used elsewhere too"
    if not reason and maker.kind == "linear" and call.input.dim() != 2:
        reason = f"the channels of {maker.path!r} are not those of the norm"
    return "before", maker.module, reason


def _after(call: LayerCall, flow: DataFlow, model: nn.Module) -> tuple[str, Optional[nn.Module], str]:
    """The layer whose input is the norm's output."""
    users = [user for user in flow.into(call.output) if user.kind != "norm"]
    if not users:
        return "after", None, "no layer's output goes straight into it"
    user = users[0]
    reason = _layer_reason(user, flow, model)
    if not reason and flow.uses[id(call.output)] > 1:
        reason = f"its output goes to more than {user.path!r}"
    if not reason and user.kind == "linear" and call.output.dim() != 2:
        reason = f"its channels are not those of {user.path!r}"
    module = user.module
    if not reason and isinstance(module, nn.modules.conv._ConvNd):
        padded = module.padding not in ("valid", (0,) * len(module.kernel_size))
        if padded:
            reason = f"{user.path!r}, which comes after it, pads with zeros"
        elif user.kind == "transposed" and {*module.kernel_size, *module.stride} != {1}:
            reason = f"{user.path!r}, which comes after it, overlaps its kernels"
    return "after", module, reason


def _layer_reason(call: LayerCall, flow: DataFlow, model: nn.Module) -> str:
    layer = call.module
    if layer is None or not isinstance(layer, (nn.modules.conv._ConvNd, nn.Linear)):
        return "the layer beside it is no module with a weight of its own"
    owners = sum(
        parameter is layer.weight for module in model.modules() for parameter in module._parameters.values()
    )
    if owners > 1:
        return f"the weight of {call.path!r} is shared with another layer"
    calls = len(flow.of(layer))
    if calls > 1:
        return f"{call.path!r} is shared: called {calls} times"
    meddled = _meddled(layer)
    return f"{call.path!r}: {meddled}" if meddled else ""


def _apply(model: nn.Module, norm: nn.Module, layer: nn.Module, side: str) -> None:
    assert isinstance(norm, nn.modules.batchnorm._BatchNorm)
    assert isinstance(layer, (nn.modules.conv._ConvNd, nn.Linear))
    assert norm.running_mean is not None
    assert norm.running_var is not None
    with torch.no_grad():
        scale, offset = scale_and_offset(
            norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias
        )
        arithmetic: Any = fold_after if side == "before" else fold_before
        weight, bias = arithmetic(
            layer.weight,
            layer.bias,
            scale,
            offset,
            transposed=bool(getattr(layer, "transposed", False)),
            groups=int(getattr(layer, "groups", 1)),
        )
    layer.weight = _parameter(weight, layer.weight)
    layer.bias = _parameter(bias, layer.weight)
    for module in list(model.modules()):
        for name, child in list(module._modules.items()):
            if child is norm:
                module._modules[name] = nn.Identity().eval()


def _parameter(values: Tensor, like: Tensor) -> nn.Parameter:
    stored = values.to(dtype=like.dtype, device=like.device)
    if bool(values.isfinite().all()) and not bool(stored.isfinite().all()):
        raise ToolError(f"a folded weight overflows {like.dtype}: fold the model in float32, then convert it")
    return nn.Parameter(stored, requires_grad=like.requires_grad)
