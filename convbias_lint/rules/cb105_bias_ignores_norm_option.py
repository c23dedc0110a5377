"""CB105: a bias that is redundant in some configurations should follow the same option."""

from __future__ import annotations

from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB105",
    name="bias-ignores-norm-option",
    summary="Bias that should follow the option that switches the norm on",
    default=True,
    fixable="sometimes",
    what="""\
Finds layers whose bias is redundant in some configurations of a model and needed in the others, where an
option (a parameter such as `norm=True` or `norm_layer=None`) decides which. The finding names the condition
under which the bias is redundant.""",
    why="""\
A block with an optional norm needs a bias only where the norm is missing: a batch norm or instance norm
subtracts the bias together with the mean, in training by the batch's statistics and in evaluation by
`running_mean`. A bias that is always there does nothing whenever the norm is switched on, most often the
default. One that is never there is missed whenever the norm is off.

`bias=not norm` says what is meant and is right in both cases.""",
    example="""\
from torch import nn


class Block(nn.Module):
    def __init__(self, channels, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(channels) if norm else nn.Identity()
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))
""",
    use_instead="""\
from torch import nn


class Block(nn.Module):
    def __init__(self, channels, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, bias=not norm)
        self.norm = nn.BatchNorm2d(channels) if norm else nn.Identity()
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))
""",
    fix_safety="""\
A fix is offered where one condition tells the redundant configurations from the rest, and its text can be
written where the layer is built. It is marked unsafe where the bias is itself an option; where code in view
touches the layer's `.bias`, or in another file derives from the model or takes its layer or norm; where
others may call a helper or method that gives the layer's output without the norm; and where norms are
frozen.

State dicts of models built with the norm lose the layer's `bias` key: carry saved checkpoints over with
`convbias-lint migrate`. Those of models built without the norm stay as they are.""",
    references=(
        (
            "S. Ioffe, C. Szegedy: Batch Normalization, 2015, section 3.2",
            "https://arxiv.org/abs/1502.03167",
        ),
        (
            "torchvision: Conv2dNormActivation, which takes `bias = norm_layer is None` by default",
            "https://docs.pytorch.org/vision/stable/generated/torchvision.ops.Conv2dNormActivation.html",
        ),
    ),
)
