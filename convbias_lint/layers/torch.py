"""What the layers of ``torch.nn`` do with a shift (PyTorch 2.x).

Adding a layer is one row here and one fixture under ``tests/cases``; ``tests/test_catalog.py``
compares every row with the real layer's signature and proves it by experiment.
"""

from __future__ import annotations

import re

from convbias_lint.layers.rows import Argument, Cancels, Effect, Layer, Passes

_DOCS = "https://docs.pytorch.org/docs/stable/generated/torch.nn.{}.html"


def _conv(dimensions: int, *, lazy: bool = False) -> Layer:
    name = f"{'Lazy' if lazy else ''}Conv{dimensions}d"
    first = -1 if lazy else 0
    return Layer(
        name=f"torch.nn.{name}",
        effect=Effect.INTRODUCES,
        kind="convolution",
        source=_DOCS.format(name),
        rank=dimensions + 2,
        bias=Argument("bias", 7 + first, True),
        channels=Argument("out_channels", 1 + first),
        padding=Argument("padding", 4 + first, 0),
        passes=Passes.UNPADDED,
    )


def _conv_transpose(dimensions: int, *, lazy: bool = False) -> Layer:
    name = f"{'Lazy' if lazy else ''}ConvTranspose{dimensions}d"
    first = -1 if lazy else 0
    return Layer(
        name=f"torch.nn.{name}",
        effect=Effect.INTRODUCES,
        kind="transposed convolution",
        source=_DOCS.format(name),
        rank=dimensions + 2,
        bias=Argument("bias", 7 + first, True),
        channels=Argument("out_channels", 1 + first),
    )


def _linear(*, lazy: bool = False) -> Layer:
    name = "LazyLinear" if lazy else "Linear"
    first = -1 if lazy else 0
    return Layer(
        name=f"torch.nn.{name}",
        effect=Effect.INTRODUCES,
        kind="linear layer",
        source=_DOCS.format(name),
        axis=-1,
        bias=Argument("bias", 2 + first, True),
        channels=Argument("out_features", 1 + first),
        passes=Passes.LAST_AXIS,
    )


def _norm(name: str, kind: str, *, rank: int | None = None, lazy: bool = False) -> Layer:
    return Layer(
        name=f"torch.nn.{name}",
        effect=Effect.CANCELS,
        kind=kind,
        source=_DOCS.format(name),
        rank=rank,
        channels=None if lazy else Argument("num_features", 0),
    )


def _passes(name: str, passes: Passes, kind: str, *, padding: Argument | None = None) -> Layer:
    return Layer(
        name=f"torch.nn.{name}",
        effect=Effect.PASSES,
        kind=kind,
        source=_DOCS.format(name),
        passes=passes,
        padding=padding,
    )


_DIMENSIONS = (1, 2, 3)

LAYERS: tuple[Layer, ...] = (
    *(_conv(d) for d in _DIMENSIONS),
    *(_conv(d, lazy=True) for d in _DIMENSIONS),
    *(_conv_transpose(d) for d in _DIMENSIONS),
    *(_conv_transpose(d, lazy=True) for d in _DIMENSIONS),
    _linear(),
    _linear(lazy=True),
    # BatchNorm1d takes (N, C) and (N, C, L): its rank is left open.
    *(_norm(f"BatchNorm{d}d", "batch norm", rank=None if d == 1 else d + 2) for d in _DIMENSIONS),
    *(
        _norm(f"LazyBatchNorm{d}d", "batch norm", rank=None if d == 1 else d + 2, lazy=True)
        for d in _DIMENSIONS
    ),
    _norm("SyncBatchNorm", "batch norm"),
    *(_norm(f"InstanceNorm{d}d", "instance norm", rank=d + 2) for d in _DIMENSIONS),
    *(_norm(f"LazyInstanceNorm{d}d", "instance norm", rank=d + 2, lazy=True) for d in _DIMENSIONS),
    Layer(
        name="torch.nn.GroupNorm",
        effect=Effect.CANCELS,
        kind="group norm",
        source=_DOCS.format("GroupNorm"),
        channels=Argument("num_channels", 1),
        groups=Argument("num_groups", 0),
        cancels=Cancels.GROUP_PER_CHANNEL,
    ),
    _passes("Identity", Passes.ALWAYS, "identity"),
    *(_passes(f"MaxPool{d}d", Passes.ALWAYS, "max pooling") for d in _DIMENSIONS),
    *(
        _passes(
            f"AvgPool{d}d",
            Passes.PADDING_NOT_COUNTED,
            "average pooling",
            padding=Argument("padding", 2, 0),
        )
        for d in _DIMENSIONS
    ),
    *(_passes(f"AdaptiveAvgPool{d}d", Passes.ALWAYS, "average pooling") for d in _DIMENSIONS),
    *(_passes(f"AdaptiveMaxPool{d}d", Passes.ALWAYS, "max pooling") for d in _DIMENSIONS),
    _passes("Upsample", Passes.ALWAYS, "upsampling"),
    _passes("UpsamplingNearest2d", Passes.ALWAYS, "upsampling"),
    _passes("UpsamplingBilinear2d", Passes.ALWAYS, "upsampling"),
    _passes("PixelUnshuffle", Passes.REGROUPS, "pixel unshuffling"),
    _passes("ChannelShuffle", Passes.ALWAYS, "channel shuffling"),
    *(_passes(f"ReflectionPad{d}d", Passes.ALWAYS, "reflection padding") for d in _DIMENSIONS),
    *(_passes(f"ReplicationPad{d}d", Passes.ALWAYS, "replication padding") for d in _DIMENSIONS),
    *(_passes(f"CircularPad{d}d", Passes.ALWAYS, "circular padding") for d in _DIMENSIONS),
    *(
        _passes(name, Passes.ZERO_RATE, "dropout")
        for name in ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout")
    ),
    _passes("Flatten", Passes.FLATTENS, "flattening"),
)

CONTAINERS = ("torch.nn.Sequential", "torch.nn.ModuleList", "torch.nn.ModuleDict")

# ``torch.nn.modules.conv.Conv2d``: where PyTorch itself keeps the classes of torch.nn.
_HOME = re.compile(r"torch\.nn\.(?:modules\.(?:[a-z]\w*\.)?|parameter\.)(?=_?[A-Z])")


def public_name(name: str) -> str:
    """The name under which PyTorch documents what is imported as ``name``."""
    home = _HOME.match(name)
    return name if home is None else f"torch.nn.{name[home.end() :]}"
