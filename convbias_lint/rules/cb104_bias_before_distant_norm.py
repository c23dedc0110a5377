"""CB104: a bias whose shift passes other operations before a norm subtracts it."""

from __future__ import annotations

from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB104",
    name="bias-before-distant-norm",
    summary="Bias whose shift passes other operations before a norm subtracts it",
    default=True,
    fixable="sometimes",
    what="""\
Finds layers with a bias whose output passes other operations on its way to a norm, where each of them
leaves the bias what it is, one constant per channel:

- pooling, upsampling, `Identity`, slicing and concatenating channels;
- adding another branch, or scaling by a number;
- another convolution without zero padding: a constant `b` leaves it as the constant `W·b`. So both biases
  of a depthwise and a 1×1 convolution before one norm are redundant.

The finding lists the steps between the layer and the norm.""",
    why="""\
What counts is not which layer comes next but where the shift ends up. A constant per channel that reaches a
batch norm or instance norm as a constant per channel is subtracted with the mean, however long the way:

    pool(W·x + b) - mean(pool(W·x + b))  =  pool(W·x) - mean(pool(W·x))

Its gradient is zero up to rounding, like that of a bias right before the norm, and it is much harder to see.

Activations, dropout while training and zero-padded convolutions do not leave the constant as it is (zeros
at the border carry no shift): a bias before them counts and is left alone. So does one whose output is also
used on another way, past the norm.""",
    example="""\
from torch import nn

stem = nn.Sequential(
    nn.Conv2d(3, 32, kernel_size=5),
    nn.MaxPool2d(2),
    nn.BatchNorm2d(32),
    nn.ReLU(),
)
""",
    use_instead="""\
from torch import nn

stem = nn.Sequential(
    nn.Conv2d(3, 32, kernel_size=5, bias=False),
    nn.MaxPool2d(2),
    nn.BatchNorm2d(32),
    nn.ReLU(),
)
""",
    fix_safety="""\
The fix is safe where the proof is complete in view; it is marked unsafe where the bias is an option that
callers may set; where code in view touches the layer's `.bias`, or in another file derives from the model or
takes its layer or norm; where others may call a helper or method that gives the layer's output without the
norm; and where norms are frozen. No fix is
offered where `**kwargs` may hold a bias, or where the argument that switches it on decides more than that.

State dicts lose the layer's `bias` key. `convbias-lint migrate` runs the model to see what each bias has
become by the time it reaches the norm, and takes that out of `running_mean`.""",
    references=(
        (
            "S. Ioffe, C. Szegedy: Batch Normalization, 2015, section 3.2",
            "https://arxiv.org/abs/1502.03167",
        ),
        ("PyTorch: MaxPool2d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html"),
        ("PyTorch: BatchNorm2d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html"),
    ),
)
