"""Measure a training step with and without the redundant biases."""

from __future__ import annotations

import statistics
import time
from typing import Any, Callable, NamedTuple

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.audited import Audit
from convbias_lint.live_tools.errors import ToolError, one_line
from convbias_lint.torch_tools.call import Call, copy_model, run, seeded, tensors_in


class Timing(NamedTuple):
    """Seconds of a training step: forward, backward, Adam.

    ``saved`` is the median over pairs of runs, one with and one without right after each other, of
    the share of the step that the biases took; ``low`` and ``high`` are its quartiles.
    """

    device: str
    clock: str
    pairs: int
    with_biases: float
    without_biases: float
    saved: float
    low: float
    high: float

    def __str__(self) -> str:
        clock = " of processor time" if self.clock == "cpu" else ""
        noise = " That is within the noise of this machine." if self.low < 0 < self.high else ""
        return (
            f"Training step on {self.device}, median of {self.pairs} paired runs: "
            f"{self.with_biases * 1e3:.2f} ms{clock} with the redundant biases, "
            f"{self.without_biases * 1e3:.2f} ms without: {self.saved:+.1%} saved "
            f"(quartiles {self.low:+.1%} to {self.high:+.1%}).{noise}"
        )


def time_training_step(
    model: nn.Module, call: Call, audit: Audit, *, device: str = "cpu", pairs: int = 30, clock: str = "wall"
) -> Timing:
    """Time ``model`` as it is against a copy without the biases that ``audit`` calls redundant.

    ``clock`` is ``wall``, or ``cpu`` for the time of this process alone, on a machine that others use too.
    """
    if pairs < 1:
        raise ToolError("--repeat must be at least 1")
    if clock == "cpu" and not device.startswith("cpu"):
        raise ToolError("--clock cpu tells nothing of what another device does: use --clock wall")
    try:
        place = torch.device(device)
        call = call.map(lambda tensor: tensor.to(place))
        full, slim = copy_model(model).to(place).train(), copy_model(model).to(place).train()
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise ToolError(f"--device {device} cannot be used, --device cpu always can: {reason}") from error
    for layer in audit.redundant:
        slim.get_submodule(layer.path).register_parameter("bias", None)
    steps = [_step(full, call), _step(slim, call)]
    times: list[tuple[float, float]] = []
    with seeded(0):
        for _ in range(3):  # first steps allocate memory and choose algorithms
            for step in steps:
                step()
        for pair in range(pairs):
            # Which of the two goes first alternates: the second finds a warmer machine.
            first = pair % 2
            measured = {index: _seconds(steps[index], place, clock) for index in (first, 1 - first)}
            times.append((measured[0], measured[1]))
    saved = sorted(1 - without / with_ for with_, without in times)
    quartiles = statistics.quantiles(saved, n=4) if len(saved) > 1 else [saved[0]] * 3
    return Timing(
        device=torch.cuda.get_device_name(place) if place.type == "cuda" else str(place),
        clock=clock,
        pairs=pairs,
        with_biases=statistics.median(t for t, _ in times),
        without_biases=statistics.median(t for _, t in times),
        saved=statistics.median(saved),
        low=quartiles[0],
        high=quartiles[2],
    )


def _step(model: nn.Module, call: Call) -> Callable[[], None]:
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    if not trained:
        raise ToolError("every parameter of the model is frozen: there is no training step to time")
    optimizer = torch.optim.Adam(trained, lr=1e-6)

    def step() -> None:
        optimizer.zero_grad(set_to_none=True)
        loss: Any = _loss(run(model, call))
        try:
            loss.backward()
        except Exception as error:
            raise ToolError(f"the backward pass fails: {one_line(error)}") from error
        optimizer.step()

    return step


def _loss(output: Any) -> Tensor:
    terms = [
        t.float().square().mean() for _, t in tensors_in(output) if t.is_floating_point() and t.requires_grad
    ]
    if not terms:
        raise ToolError("no output of the model is differentiable: there is no training step to time")
    return torch.stack(terms).sum()


def _seconds(step: Callable[[], None], place: torch.device, clock: str) -> float:
    now = time.process_time if clock == "cpu" else time.perf_counter
    if place.type == "cuda":
        torch.cuda.synchronize(place)
    start = now()
    step()
    if place.type == "cuda":
        torch.cuda.synchronize(place)
    return now() - start
