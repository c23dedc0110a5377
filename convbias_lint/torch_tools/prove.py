"""Prove by gradient which biases of a live model are redundant.

A bias is redundant exactly when no output of the model, in training mode, depends on it.  So: copy
the model, give it random biases and no zero weights (a zero would hide what lies behind it), run it
in double precision, draw a random projection of all its outputs and go backwards.  What arrives at a
bias is the sum, over samples and positions, of what arrives at the tensor that it was added to.
Where a norm subtracts the mean, the terms of that sum cancel; anywhere else they do not.  The measure
is therefore |sum| / sum of |terms|, a number between 0 and 1 that no scale of the model changes.

A model that draws random numbers (dropout, stochastic depth) is run with several seeds: a bias is
redundant only if it is so in each, and a branch that one seed drops is seen with another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Optional

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.audited import Audit, LayerAudit, Verdict, Way, judged, tolerances
from convbias_lint.live_tools.births import births_of
from convbias_lint.live_tools.errors import ToolError, one_line
from convbias_lint.torch_tools.bias_watch import BiasUse, BiasWatch
from convbias_lint.torch_tools.biased_layers import BiasedLayer, biased_layers, describe, is_norm
from convbias_lint.torch_tools.call import (
    Call,
    Inputs,
    as_call,
    copy_model,
    materialised,
    random_state,
    run,
    seeded,
    tensors_in,
)
from convbias_lint.torch_tools.ways import WayFinder

_SEEDS_IF_RANDOM = 4
_MOST_SEEDS = 8


def audit(model: nn.Module, inputs: Inputs) -> Audit:
    """Prove which biases of ``model`` are redundant in training, on ``inputs``.

    ``inputs`` is a tensor, a tuple of arguments, a dict of keyword arguments or a `Call`; any shapes
    and dtypes that the model accepts, on its device, in batches of two or more.  The model is copied
    and left as it is.  A model in training mode is audited as it stands, so that a norm which was put
    into evaluation mode counts as frozen; a model in evaluation mode is put into training mode.

    Raises `ToolError` where the model cannot be copied or does not run on ``inputs``.
    """
    call = as_call(inputs)
    materialised(model, call)
    notes: list[str] = []
    try:
        prover = _Prover(model, call, torch.float64)
        prover.prove()
    except ToolError as first:
        prover = _Prover(model, call, torch.float32)
        try:
            prover.prove()
        except ToolError:
            raise first from None
        notes.append(f"proved in float32, with a wider tolerance, because in float64 {first}")
    if prover.precision != prover.dtype:
        notes.append(f"the model computes in {_name(prover.precision)}, whatever its parameters are")
    precision = _name(prover.precision)
    return Audit(
        layers=tuple(prover.conclude(layer) for layer in biased_layers(model)),
        precision=precision,
        tolerance=tolerances(precision)[0],
        runs=prover.runs,
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        notes=tuple(notes),
    )


@dataclass
class _Evidence:
    """What all runs together showed of one bias."""

    reached: bool = False
    differentiable: bool = False
    finite: bool = True
    ratios: list[float] = field(default_factory=list)
    untracked: bool = False
    way: Optional[Way] = None


class _Prover:
    def __init__(self, model: nn.Module, call: Call, dtype: torch.dtype) -> None:
        self.dtype = dtype
        self.precision = dtype
        """The least precise type that the model computed in, whatever it was given."""
        self.call = call.cast(dtype)
        self.model = copy_model(model).to(dtype)
        if not self.model.training:
            self.model.train()
        for parameter in self.model.parameters():
            if parameter.is_floating_point() or parameter.is_complex():
                parameter.requires_grad_(True)
        self.layers = [layer for layer in biased_layers(self.model) if layer.bias is not None]
        self.evidence = {layer.path: _Evidence() for layer in self.layers}
        self.runs = 0

    def prove(self) -> None:
        wanted = 1
        while self.runs < wanted:
            before, after = self._run(seed=self.runs)
            self.runs += 1
            if before != after:
                wanted = max(wanted, _SEEDS_IF_RANDOM)
            may_differ = before != after or wanted < 3
            if self.runs == wanted < _MOST_SEEDS and may_differ and self._open():
                wanted += 1

    def _open(self) -> bool:
        """Whether another seed may decide a bias that these left open."""
        return any(e.reached and not e.ratios and not e.untracked for e in self.evidence.values())

    def _run(self, seed: int) -> tuple[object, object]:
        self.model.zero_grad(set_to_none=True)
        _randomise(self.model, self.layers, seed)
        watch = BiasWatch({layer.path: layer.bias for layer in self.layers if layer.bias is not None})
        finder = WayFinder(self.model)
        with seeded(seed), torch.enable_grad():
            before = random_state()
            with watch, finder:
                output = run(self.model, self.call)
            after = random_state()
            if torch.finfo(watch.coarsest).eps > torch.finfo(self.precision).eps:
                self.precision = watch.coarsest
            loss = _projection(output, seed)
            if loss is not None:
                finder.follow(loss)
                try:
                    torch.autograd.backward(loss)
                except Exception as error:
                    raise ToolError(f"the backward pass fails: {one_line(error)}") from error
        for layer in self.layers:
            self._weigh(layer, watch.uses[layer.path], finder)
        return before, after

    def _weigh(self, layer: BiasedLayer, use: BiasUse, finder: WayFinder) -> None:
        evidence = self.evidence[layer.path]
        grad = layer.bias.grad if layer.bias is not None else None
        evidence.reached |= use.calls > 0 or grad is not None
        evidence.differentiable |= bool(use.nodes) or grad is not None
        if grad is None:
            return
        arrived = float(grad.abs().sum())
        if not math.isfinite(arrived) or not math.isfinite(use.flow):
            evidence.finite = False
        elif use.flow > 0.0:
            evidence.ratios.append(arrived / use.flow)
            if evidence.way is None:
                evidence.way = finder.way(use.nodes)
        else:
            # Its use was not seen, as in a segment that a reentrant checkpoint runs again while going
            # backwards: the gradients of the layer's other parameters serve as the measure.
            others = [p.grad for p in layer.module.parameters(recurse=False) if p is not layer.bias]
            largest = max((float(other.abs().max()) for other in others if other is not None), default=0.0)
            if largest > 0.0:
                evidence.ratios.append(float(grad.abs().max()) / largest)
            elif arrived > 0.0:
                evidence.ratios.append(1.0)
            else:
                evidence.untracked |= not use.calls

    def conclude(self, layer: BiasedLayer) -> LayerAudit:
        """The verdict on ``layer``, a layer of the model that was given."""
        bias = layer.bias
        verdict, reason, way, ratio = Verdict.ABSENT, "", None, None
        if bias is not None:
            evidence = self.evidence[layer.path]
            verdict, reason = self._judge(evidence)
            ratio = max(evidence.ratios, default=None)
            way = evidence.way if verdict is Verdict.REDUNDANT else None
        return LayerAudit(
            path=layer.path,
            layer=describe(layer.module),
            kind="linear" if isinstance(layer.module, nn.Linear) else "convolution",
            shape=tuple(bias.shape) if bias is not None else (),
            parameters=bias.numel() if bias is not None else 0,
            bytes=bias.numel() * bias.element_size() if bias is not None else 0,
            verdict=verdict,
            reason=reason,
            way=way,
            ratio=ratio,
            births=births_of(layer.module),
        )

    def _judge(self, evidence: _Evidence) -> tuple[Verdict, str]:
        if evidence.ratios:
            verdict, reason = judged(max(evidence.ratios), _name(self.precision))
            if verdict is Verdict.NEEDED or evidence.finite:
                return verdict, reason
        if not evidence.finite:
            return Verdict.UNDECIDED, "its gradient is not finite"
        if not evidence.reached:
            return Verdict.UNDECIDED, "not reached: this input never uses the layer"
        if evidence.untracked:
            return Verdict.UNDECIDED, "its use could not be followed"
        if not evidence.differentiable:
            return Verdict.UNDECIDED, "not differentiable: it runs without gradients"
        return Verdict.UNDECIDED, "dead branch: no gradient comes back from any output"


def _name(dtype: torch.dtype) -> str:
    return str(dtype).replace("torch.", "")


def _projection(output: Any, seed: int) -> Optional[Tensor]:
    """A random weighted sum of every differentiable number in ``output``."""
    generator = torch.Generator().manual_seed(seed + 1)
    terms: list[Tensor] = []
    for _, found in tensors_in(output):
        tensor = torch.view_as_real(found) if found.is_complex() else found
        if not tensor.is_floating_point() or not tensor.requires_grad or tensor.numel() == 0:
            continue
        weights = torch.randn(tensor.shape, generator=generator, dtype=torch.float64)
        scale = max(1.0, float(tensor.detach().abs().max()))
        if math.isfinite(scale):
            weights = weights / scale
        terms.append((tensor * weights.to(tensor)).sum().double())
    return torch.stack([term.cpu() for term in terms]).sum() if terms else None


def _randomise(model: nn.Module, layers: list[BiasedLayer], seed: int) -> None:
    """Give every bias a random value, and so every parameter that starts at zero."""
    generator = torch.Generator().manual_seed(seed + 2)
    biases = {id(layer.bias) for layer in layers}
    gains = {id(m._parameters.get("weight")) for m in model.modules() if is_norm(m)}

    def draw(parameter: Tensor) -> Tensor:
        return torch.randn(parameter.shape, generator=generator, dtype=torch.float64)

    with torch.no_grad():
        for parameter in model.parameters():
            if not parameter.is_floating_point() or parameter.numel() == 0:
                continue
            if id(parameter) in biases:
                parameter.copy_(0.1 * draw(parameter))
            elif id(parameter) in gains:
                # Away from zero: many models start the last norm of a block there.
                parameter.copy_(1.0 + 0.5 * torch.tanh(draw(parameter)))
            elif float(parameter.detach().abs().max()) < 1e-5:
                parameter.copy_(0.05 * draw(parameter))
