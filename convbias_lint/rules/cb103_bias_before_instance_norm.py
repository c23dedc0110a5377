"""CB103: a bias that a norm over each sample's channel subtracts again."""

from __future__ import annotations

from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB103",
    name="bias-before-instance-norm",
    summary="Bias that the instance norm right behind it subtracts again",
    default=True,
    fixable="sometimes",
    what="""\
Finds layers with a bias whose output goes straight into `InstanceNorm1d` to `InstanceNorm3d`, or into a
`GroupNorm` with one channel per group (`groups=-1` in Keras), and nowhere else.""",
    why="""\
Instance norm subtracts the mean of each channel of each sample. A bias raises every value of the channel,
and so its mean, by the same number: nothing is left of it.

    (W·x + b) - mean(W·x + b)  =  W·x - mean(W·x)

That holds with and without `affine=True`. Without it, PyTorch's default, the norm has no shift of its own,
and a bias before it looks as if it supplied one. It cannot: whoever wants a shift needs `affine=True`, or a
bias behind the norm.

A `GroupNorm` whose groups hold several channels averages over all of them. It takes away the group's mean
shift but not the differences between its channels, so there the bias counts and is left alone.""",
    example="""\
from torch import nn

downsample = nn.Sequential(
    nn.Conv2d(64, 128, kernel_size=4, stride=2, padding=1),
    nn.InstanceNorm2d(128),
    nn.LeakyReLU(0.2),
)
""",
    use_instead="""\
from torch import nn

downsample = nn.Sequential(
    nn.Conv2d(64, 128, kernel_size=4, stride=2, padding=1, bias=False),
    nn.InstanceNorm2d(128),
    nn.LeakyReLU(0.2),
)
""",
    fix_safety="""\
The fix is safe where the proof is complete in view; it is marked unsafe where the bias is an option that
callers may set; where code in view touches the layer's `.bias`, or in another file derives from the model or
takes its layer or norm; and where others may call a helper or method that gives the layer's output without
the norm.

State dicts lose the layer's `bias` key. `convbias-lint migrate` takes it out of saved checkpoints, and out
of `running_mean` where the norm tracks running statistics.""",
    references=(
        (
            "D. Ulyanov, A. Vedaldi, V. Lempitsky: Instance Normalization, 2016",
            "https://arxiv.org/abs/1607.08022",
        ),
        ("Y. Wu, K. He: Group Normalization, 2018", "https://arxiv.org/abs/1803.08494"),
        (
            "PyTorch: InstanceNorm2d",
            "https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm2d.html",
        ),
        ("PyTorch: GroupNorm", "https://docs.pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html"),
    ),
)
