"""What the rules on redundant biases share: the finding made of a fact, its message and its fix."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.facts import BiasFact
from convbias_lint.finding import Applicability, Finding, Fix

NAMES = {
    "CB101": "conv-bias-before-batch-norm",
    "CB102": "linear-bias-before-batch-norm",
    "CB103": "bias-before-instance-norm",
    "CB104": "bias-before-distant-norm",
    "CB105": "bias-ignores-norm-option",
}
"""The rules on redundant biases, by code; here so that a finding does not need all their pages."""


def finding_of_bias(fact: BiasFact, filename: str) -> Finding:
    """The finding that says what ``fact`` proves."""
    code = _code_of(fact)
    return Finding(
        code=code,
        name=NAMES[code],
        message=_message(fact),
        filename=filename,
        start=fact.start,
        end=fact.end,
        noqa_row=fact.start.row,
        fix=_fix(fact),
        related=fact.related,
        condition=fact.condition,
        parameters=fact.parameters,
        unnecessary=fact.unnecessary,
    )


def _code_of(fact: BiasFact) -> str:
    """Which rule a fact belongs to."""
    if fact.condition is not None:
        return "CB105"
    if not fact.direct:
        return "CB104"
    if fact.norm_kind != "batch norm":
        return "CB103"
    if fact.layer_kind in ("linear layer", "dense layer"):
        return "CB102"
    return "CB101"


def _message(fact: BiasFact) -> str:
    what = (
        f"`{fact.layer}` bias"
        if fact.callee.endswith(fact.layer)
        else f"Bias of the `{fact.layer}` that `{fact.callee}` builds"
    )
    way = "" if fact.direct else f" behind {_listed(fact.steps)}"
    if fact.condition is not None:
        return f"{what} is redundant when `{fact.condition}`: `{fact.norm}`{way} subtracts it again"
    return f"{what} is redundant: `{fact.norm}`{way} subtracts it again"


def _listed(steps: tuple[str, ...]) -> str:
    distinct = list(dict.fromkeys(f"`{step}`" for step in steps))
    if len(distinct) > 3:
        distinct = [*distinct[:2], "…"]
    return distinct[0] if len(distinct) == 1 else f"{', '.join(distinct[:-1])} and {distinct[-1]}"


def _fix(fact: BiasFact) -> Optional[Fix]:
    if fact.edits is None:
        return None
    message = f"Set `{fact.keyword}={fact.written}`"
    if fact.doubt is None:
        return Fix(message, fact.edits, Applicability.SAFE)
    return Fix(f"{message}; unsafe, since {fact.doubt}", fact.edits, Applicability.UNSAFE)
