"""CB202: a norm made for another number of channels than it gets."""

from __future__ import annotations

from convbias_lint.analysis.facts import MisfitFact
from convbias_lint.finding import Finding
from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB202",
    name="norm-channel-mismatch",
    summary="Norm made for another number of channels than the layer before it gives",
    default=True,
    fixable="never",
    what="""\
Finds norms such as `BatchNorm2d(n)` behind a layer whose number of output channels is another one, where
both are known numbers, and nothing in between changes the channels.""",
    why="""\
A batch norm keeps a mean, a variance, a weight and a bias for each channel, and fails on its first input
where the numbers differ:

    RuntimeError: running_mean should contain 64 elements not 32

`InstanceNorm2d` keeps nothing per channel unless `affine` or `track_running_stats` is on. Without them it
runs all the same, and is left alone.""",
    example="""\
from torch import nn

stem = nn.Sequential(
    nn.Conv2d(3, 64, 3, bias=False),
    nn.BatchNorm2d(32),
    nn.ReLU(),
)
""",
    use_instead="""\
from torch import nn

stem = nn.Sequential(
    nn.Conv2d(3, 64, 3, bias=False),
    nn.BatchNorm2d(64),
    nn.ReLU(),
)
""",
    fix_safety="""\
There is no fix: which of the two numbers is meant only the author knows. `LazyBatchNorm2d()` takes the
number from its first input.""",
    references=(
        ("PyTorch: BatchNorm2d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html"),
        (
            "PyTorch: LazyBatchNorm2d",
            "https://docs.pytorch.org/docs/stable/generated/torch.nn.LazyBatchNorm2d.html",
        ),
    ),
)


def finding_of_misfit(fact: MisfitFact, filename: str) -> Finding:
    """The finding that says what ``fact`` proves."""
    return Finding(
        code=RULE.code,
        name=RULE.name,
        message=f"`{fact.norm}` is made for {fact.wanted} channels, but `{fact.layer}` gives it {fact.given}",
        filename=filename,
        start=fact.start,
        end=fact.end,
        noqa_row=fact.start.row,
        related=fact.related,
    )
