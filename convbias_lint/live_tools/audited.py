"""What an audit says of the biases of a model, in whichever framework the model is."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple, Optional

from convbias_lint.live_tools.births import Birth


class Verdict(str, enum.Enum):
    """What the gradients say of one bias."""

    REDUNDANT = "redundant"
    NEEDED = "needed"
    ABSENT = "absent"
    UNDECIDED = "undecided"


def tolerances(precision: str) -> tuple[float, float]:
    """Up to which measure a gradient is zero up to rounding, from which surely not; by the type computed in.

    What lies between is called undecided.  The rounding of half precision is no smaller than many a real
    gradient.
    """
    return {"float64": (1e-10, 1e-7), "float32": (3e-6, 1e-4)}.get(precision, (3e-6, 0.1))


def judged(ratio: float, precision: str) -> tuple[Verdict, str]:
    """The verdict on a bias whose gradient has this measure, and why it is open where it is."""
    zero, nonzero = tolerances(precision)
    if ratio >= nonzero:
        return Verdict.NEEDED, ""
    if ratio <= zero:
        return Verdict.REDUNDANT, ""
    return Verdict.UNDECIDED, f"too close to call: {ratio:.1e}, neither zero nor clearly not"


class Way(NamedTuple):
    """From a layer to what cancels its bias.

    ``norms`` are module paths (empty where the cancelling is no module's), ``kinds`` what cancels,
    in the same order: a class such as ``BatchNorm2d`` or a function such as ``softmax``.
    ``steps`` are the operations on the shortest way to the first of them.
    """

    norms: tuple[str, ...]
    kinds: tuple[str, ...]
    steps: tuple[str, ...]

    def __str__(self) -> str:
        ends = [
            f"{kind} {norm}".strip() for kind, norm in zip(self.kinds, (*self.norms, *[""] * len(self.kinds)))
        ]
        return " → ".join([*self.steps, " and ".join(ends[:3]) + (" ..." if len(ends) > 3 else "")])


@dataclass(frozen=True)
class LayerAudit:
    """What was found out about one layer.

    ``ratio`` is the measure that decided (the largest over all runs), None where nothing was measured.
    ``births`` are the calls that built the layer, innermost first; they are known only where the model
    was built inside `recorded_births`, as the command line does.
    """

    path: str
    layer: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
    bytes: int
    verdict: Verdict
    reason: str = ""
    way: Optional[Way] = None
    ratio: Optional[float] = None
    births: tuple[Birth, ...] = ()

    @property
    def norms(self) -> tuple[str, ...]:
        """The paths of the norms that cancel the bias."""
        return self.way.norms if self.way else ()


@dataclass(frozen=True)
class Audit:
    """The verdict on every layer of a model that has a bias, or could have one."""

    layers: tuple[LayerAudit, ...]
    precision: str
    tolerance: float
    runs: int
    parameters: int
    """How many parameters the whole model has."""
    notes: tuple[str, ...] = ()

    def having(self, verdict: Verdict) -> tuple[LayerAudit, ...]:
        return tuple(layer for layer in self.layers if layer.verdict is verdict)

    @property
    def redundant(self) -> tuple[LayerAudit, ...]:
        return self.having(Verdict.REDUNDANT)

    @property
    def redundant_parameters(self) -> int:
        return sum(layer.parameters for layer in self.redundant)

    @property
    def redundant_bytes(self) -> dict[str, int]:
        """Bytes that the redundant biases take: as weights, as gradients, as Adam's two moments."""
        weights = sum(layer.bytes for layer in self.redundant)
        return {"weights": weights, "gradients": weights, "adam": 2 * weights}


def summary(audit: Audit) -> str:
    """``5 redundant, 2 needed, 1 absent`` for the verdicts that occur."""
    counts = Counter(layer.verdict.value for layer in audit.layers)
    return ", ".join(f"{counts[v.value]} {v.value}" for v in Verdict if counts[v.value]) or "no layers"
