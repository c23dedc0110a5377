"""CB203: ``bias=False`` where no norm puts a shift back."""

from __future__ import annotations

from convbias_lint.analysis.facts import MissingFact
from convbias_lint.finding import Finding
from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB203",
    name="missing-bias",
    summary="`bias=False` on a layer that no norm shifts before the activation",
    default=False,
    fixable="never",
    what="""\
Finds layers built with `bias=False` whose output goes into an activation with nothing before it that adds a
learned shift, as the norm behind a convolution would.""",
    why="""\
The norm's own shift is what makes a bias superfluous. Without a norm, every unit of the activation has its
threshold nailed to zero: `relu(W·x)` can turn on only where `W·x > 0`. Such a layer is often left over from
a block whose norm was taken out.

It may be meant: some architectures leave out all biases, on purpose and with success, and self-normalising
or scale-equivariant networks need it so. Therefore the rule is off unless selected.""",
    example="""\
from torch import nn

block = nn.Sequential(
    nn.Conv2d(3, 16, 3, bias=False),
    nn.ReLU(),
)
""",
    use_instead="""\
from torch import nn

block = nn.Sequential(
    nn.Conv2d(3, 16, 3),
    nn.ReLU(),
)
""",
    fix_safety="""\
There is no fix: a bias that is added changes what the model can learn, and adds a key to its state dict.
`convbias-lint migrate --reverse` gives old checkpoints biases of zero.""",
    references=(
        ("PyTorch: Conv2d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html"),
        (
            "I. Goodfellow, Y. Bengio, A. Courville: Deep Learning, 2016, chapter 6",
            "https://www.deeplearningbook.org/contents/mlp.html",
        ),
    ),
)


def finding_of_missing(fact: MissingFact, filename: str) -> Finding:
    """The finding that says what ``fact`` proves."""
    return Finding(
        code=RULE.code,
        name=RULE.name,
        message=f"`{fact.layer}` has no bias, and no norm shifts its output before `{fact.activation}`",
        filename=filename,
        start=fact.start,
        end=fact.end,
        noqa_row=fact.start.row,
    )
