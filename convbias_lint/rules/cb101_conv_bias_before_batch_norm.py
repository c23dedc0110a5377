"""CB101: a convolution's bias that the batch norm right behind it subtracts again."""

from __future__ import annotations

from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB101",
    name="conv-bias-before-batch-norm",
    summary="Convolution bias that the batch norm right behind it subtracts again",
    default=True,
    fixable="sometimes",
    what="""\
Finds convolutions and transposed convolutions with a bias whose output goes straight into a batch norm
and nowhere else: `Conv1d` to `Conv3d` and `ConvTranspose1d` to `ConvTranspose3d` before `BatchNorm1d` to
`BatchNorm3d` or `SyncBatchNorm`, with their lazy variants, and the same layers of Keras before
`BatchNormalization` on the channel axis.""",
    why="""\
A bias adds the same number to every value of a channel. Batch norm begins by subtracting the channel's
mean, which has risen by just that number:

    (W·x + b) - mean(W·x + b)  =  W·x - mean(W·x)

So `b` changes no output, and its gradient is zero up to rounding. Batch norm brings a learned shift of its
own, `norm.bias` (`beta` in Keras).

In evaluation mode the norm subtracts `running_mean`, which was collected with `b` in it: there too `b` is
added only to be taken away.

Each such bias costs memory in every checkpoint and, with Adam in float32, 16 bytes per channel while
training (value, gradient, two averages), a reduction over the batch in each backward pass, and traffic
between data-parallel workers. They are few beside the weights, 4,224 in VGG16 and 26,560 in ResNet-50, but
they buy nothing, and they mislead: the bias drifts with rounding errors and weight decay, and whoever
reads, prunes or exports the model sees a parameter that does nothing.""",
    example="""\
from torch import nn

features = nn.Sequential(
    nn.Conv2d(3, 64, kernel_size=3),
    nn.BatchNorm2d(64),
    nn.ReLU(),
)
""",
    use_instead="""\
from torch import nn

features = nn.Sequential(
    nn.Conv2d(3, 64, kernel_size=3, bias=False),
    nn.BatchNorm2d(64),
    nn.ReLU(),
)
""",
    fix_safety="""\
The fix is safe where the proof is complete in view. It is marked unsafe, and left to `--unsafe-fixes`,
where the bias is an option that callers may set; where code in view touches the layer's `.bias`, or in
another file derives from the model or takes its layer or norm; where others may call a helper or method
that gives the layer's output without the norm; and where norms are frozen (a batch norm in evaluation mode
while training subtracts a constant, so the bias is trained after all). No fix is offered where `**kwargs`
may hold a bias, or where the argument that switches it on decides more than that.

State dicts lose the layer's `bias` key. Carry saved checkpoints over with `convbias-lint migrate`, which
takes each bias out of the norm's `running_mean`, so that outputs stay the same. A layer without a bias also
draws fewer random numbers when it is made: layers behind it start from other values under the same seed.""",
    references=(
        (
            "S. Ioffe, C. Szegedy: Batch Normalization, 2015, section 3.2 (“the bias b can be ignored”)",
            "https://arxiv.org/abs/1502.03167",
        ),
        (
            "PyTorch tuning guide: disable bias for convolutions directly followed by a batch norm",
            "https://docs.pytorch.org/tutorials/recipes/recipes/tuning_guide.html",
        ),
        ("PyTorch: Conv2d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html"),
        ("PyTorch: BatchNorm2d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html"),
        (
            "Keras: BatchNormalization",
            "https://keras.io/api/layers/normalization_layers/batch_normalization/",
        ),
    ),
)
