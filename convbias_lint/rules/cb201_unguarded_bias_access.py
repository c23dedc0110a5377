"""CB201: code that uses the ``.bias`` of a layer that has none."""

from __future__ import annotations

from convbias_lint.analysis.facts import AccessFact
from convbias_lint.finding import Applicability, Finding, Fix
from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB201",
    name="unguarded-bias-access",
    summary="Code uses `.bias` of a layer that has none",
    default=True,
    fixable="sometimes",
    what="""\
Finds code that uses the `.bias` of a layer as a tensor without asking whether there is one, where a layer
that it meets is built with `bias=False`: loops over `self.modules()` that initialise weights, functions for
`model.apply`, and direct uses such as `self.conv.bias.data.zero_()`.""",
    why="""\
A layer built with `bias=False` does have the attribute `bias`; it is `None`. Using it fails when the model
is built or initialised:

    AttributeError: 'NoneType' object has no attribute 'zero_'

`hasattr(m, "bias")` is no guard, for it is true of `None` as well. `if m.bias is not None` is.""",
    example="""\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, bias=False)
        self.norm = nn.BatchNorm2d(16)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.norm(self.conv(x))
""",
    use_instead="""\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, bias=False)
        self.norm = nn.BatchNorm2d(16)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)
                if m.bias is not None:
                    nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.norm(self.conv(x))
""",
    fix_safety="""\
The fix puts `if m.bias is not None:` around the statement. It is safe: where there is a bias, the statement
runs as before; where there is none, it no longer fails. It is offered where the access is a whole statement
on rows of its own.

Fixes that remove biases are marked unsafe where such an access would meet the layer without its bias:
settle this rule's findings first.""",
    references=(
        ("PyTorch: torch.nn.init", "https://docs.pytorch.org/docs/stable/nn.init.html"),
        (
            "PyTorch: Module.register_parameter (`None` stays out of the state dict)",
            "https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html",
        ),
    ),
)


def finding_of_access(fact: AccessFact, filename: str) -> Finding:
    """The finding that says what ``fact`` proves."""
    fix = None
    if fact.edits is not None:
        fix = Fix(f"Guard it with `if {fact.text} is not None`", fact.edits, Applicability.SAFE)
    return Finding(
        code=RULE.code,
        name=RULE.name,
        message=f"`{fact.text}` is `None` for the `{fact.layer}` that is built without a bias",
        filename=filename,
        start=fact.start,
        end=fact.end,
        noqa_row=fact.start.row,
        fix=fix,
        related=fact.related,
    )
