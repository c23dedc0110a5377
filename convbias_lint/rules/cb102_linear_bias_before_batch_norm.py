"""CB102: a linear layer's bias that the batch norm right behind it subtracts again."""

from __future__ import annotations

from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB102",
    name="linear-bias-before-batch-norm",
    summary="Linear layer's bias that the batch norm right behind it subtracts again",
    default=True,
    fixable="sometimes",
    what="""\
Finds `Linear` and `LazyLinear` layers (`Dense` in Keras) with a bias whose output goes straight into a
batch norm over the same features and nowhere else.""",
    why="""\
The bias adds one number per feature, the same for every sample. Batch norm begins by subtracting each
feature's mean over the batch, which has risen by just that number:

    (W·x + b) - mean(W·x + b)  =  W·x - mean(W·x)

So `b` changes no output, its gradient is zero up to rounding, and the norm's own `bias` (`beta` in Keras)
does the shifting. In evaluation mode the norm subtracts `running_mean`, which was collected with `b` in it.

A `Linear` of 4,096 outputs keeps 4,096 such numbers, 64 KiB while training with Adam in float32 (value,
gradient, two averages). `LayerNorm` and `RMSNorm` are another matter: they do not average over samples, so
a bias before them counts and is left alone.""",
    example="""\
from torch import nn

head = nn.Sequential(
    nn.Linear(512, 4096),
    nn.BatchNorm1d(4096),
    nn.ReLU(),
    nn.Linear(4096, 10),
)
""",
    use_instead="""\
from torch import nn

head = nn.Sequential(
    nn.Linear(512, 4096, bias=False),
    nn.BatchNorm1d(4096),
    nn.ReLU(),
    nn.Linear(4096, 10),
)
""",
    fix_safety="""\
The fix is safe where the proof is complete in view. It is marked unsafe where the bias is an option that
callers may set; where code in view touches the layer's `.bias`, or in another file derives from the model or
takes its layer or norm; where others may call a helper or method that gives the layer's output without the
norm; and where norms are frozen. No fix is
offered where `**kwargs` may hold a bias, or where the argument that switches it on decides more than that.

State dicts lose the layer's `bias` key: carry saved checkpoints over with `convbias-lint migrate`, which
takes each bias out of the norm's `running_mean`.""",
    references=(
        (
            "S. Ioffe, C. Szegedy: Batch Normalization, 2015, section 3.2 (“the bias b can be ignored”)",
            "https://arxiv.org/abs/1502.03167",
        ),
        ("PyTorch: Linear", "https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html"),
        ("PyTorch: BatchNorm1d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html"),
        ("Keras: Dense", "https://keras.io/api/layers/core_layers/dense/"),
    ),
)
