"""What the layers of Keras do with a shift (Keras 3, and ``tf.keras`` of the same names).

Adding a layer is one row here and one fixture; ``tests/keras_tools/test_catalog_keras.py`` compares
every row with the real layer's signature and proves it by experiment.  Differences from PyTorch:
channels come last unless ``data_format="channels_first"``, a norm names its axis, a layer may hold
an activation (it comes after the bias, so the bias is needed), and ``padding`` is a word: only
"valid" pads nothing.
"""

from __future__ import annotations

from convbias_lint.layers.rows import Argument, Cancels, Effect, Layer, Passes
from convbias_lint.layers.torch_functions import Op

_DOCS = "https://keras.io/api/layers/{}/"
_DIMENSIONS = (1, 2, 3)


def _conv(name: str, dimensions: int, first_bias: int, *, passes: Passes, page: str, kind: str) -> Layer:
    """A convolution; ``first_bias`` is the position of ``use_bias``, ``activation`` stands before it."""
    depthwise = name.startswith("Depthwise")
    transposed = name.endswith("Transpose")
    padding = 2 if depthwise else 3  # no argument ``filters``
    data_format = 5 if transposed and dimensions < 3 else 4
    return Layer(
        name=f"keras.layers.{name}",
        effect=Effect.INTRODUCES,
        kind=kind,
        source=_DOCS.format(f"convolution_layers/{page}"),
        axis=-1,
        rank=dimensions + 2,
        bias=Argument("use_bias", first_bias, True),
        # How many channels a depthwise convolution puts out depends on its input.
        channels=None if depthwise else Argument("filters", 0),
        padding=Argument("padding", padding, "valid"),
        activation=Argument("activation", first_bias - 1),
        data_format=Argument("data_format", data_format),
        passes=passes,
    )


def _norm(name: str, kind: str, page: str, effect: Effect, *, axis: int = 0) -> Layer:
    return Layer(
        name=f"keras.layers.{name}",
        effect=effect,
        kind=kind,
        source=_DOCS.format(f"normalization_layers/{page}"),
        axis=-1,
        axis_argument=Argument("axis", axis, -1),
        groups=Argument("groups", 0, 32) if name == "GroupNormalization" else None,
        cancels=Cancels.GROUP_PER_CHANNEL if name == "GroupNormalization" else Cancels.ALWAYS,
    )


def _passes(
    name: str,
    passes: Passes,
    kind: str,
    page: str,
    *,
    rank: int | None = None,
    padding: Argument | None = None,
    data_format: int | None = None,
) -> Layer:
    return Layer(
        name=f"keras.layers.{name}",
        effect=Effect.PASSES,
        kind=kind,
        source=_DOCS.format(page),
        axis=-1,
        rank=rank,
        passes=passes,
        padding=padding,
        data_format=None if data_format is None else Argument("data_format", data_format),
    )


def _uses(name: str, kind: str, page: str) -> Layer:
    return Layer(f"keras.layers.{name}", Effect.USES, kind, _DOCS.format(page), axis=-1)


LAYERS: tuple[Layer, ...] = (
    *(
        _conv(
            f"Conv{d}D",
            d,
            8,
            passes=Passes.UNPADDED,
            page=f"convolution{d}d",
            kind="convolution",
        )
        for d in _DIMENSIONS
    ),
    *(
        _conv(
            f"Conv{d}DTranspose",
            d,
            8,
            passes=Passes.NEVER,
            page=f"convolution{d}d_transpose",
            kind="transposed convolution",
        )
        for d in _DIMENSIONS
    ),
    *(
        _conv(
            f"DepthwiseConv{d}D",
            d,
            7,
            passes=Passes.UNPADDED,
            page=f"depthwise_convolution{d}d",
            kind="depthwise convolution",
        )
        for d in (1, 2)
    ),
    *(
        _conv(
            f"SeparableConv{d}D",
            d,
            8,
            passes=Passes.UNPADDED,
            page=f"separable_convolution{d}d",
            kind="separable convolution",
        )
        for d in (1, 2)
    ),
    Layer(
        name="keras.layers.Dense",
        effect=Effect.INTRODUCES,
        kind="dense layer",
        source=_DOCS.format("core_layers/dense"),
        axis=-1,
        bias=Argument("use_bias", 2, True),
        channels=Argument("units", 0),
        activation=Argument("activation", 1),
        passes=Passes.LAST_AXIS,
    ),
    # Its bias runs along the axes that ``bias_axes`` names, any or none of them the channel axis.
    _uses("EinsumDense", "einsum layer", "core_layers/einsum_dense"),
    _norm("BatchNormalization", "batch norm", "batch_normalization", Effect.CANCELS),
    _norm("GroupNormalization", "group norm", "group_normalization", Effect.CANCELS, axis=1),
    _norm("LayerNormalization", "layer norm", "layer_normalization", Effect.USES),
    _norm("RMSNormalization", "RMS norm", "rms_normalization", Effect.USES),
    _norm("UnitNormalization", "unit norm", "unit_normalization", Effect.USES),
    _passes("Identity", Passes.ALWAYS, "identity", "core_layers/identity"),
    *(
        _passes(
            f"MaxPooling{d}D",
            Passes.ALWAYS,
            "max pooling",
            f"pooling_layers/max_pooling{d}d",
            rank=d + 2,
            padding=Argument("padding", 2, "valid"),
            data_format=3,
        )
        for d in _DIMENSIONS
    ),
    *(
        _passes(
            f"AveragePooling{d}D",
            Passes.ALWAYS,  # "same" padding is left out of the mean
            "average pooling",
            f"pooling_layers/average_pooling{d}d",
            rank=d + 2,
            padding=Argument("padding", 2, "valid"),
            data_format=3,
        )
        for d in _DIMENSIONS
    ),
    _passes("UpSampling1D", Passes.ALWAYS, "upsampling", "reshaping_layers/up_sampling1d", rank=3),
    _passes(
        "UpSampling2D", Passes.ALWAYS, "upsampling", "reshaping_layers/up_sampling2d", rank=4, data_format=1
    ),
    _passes(
        "UpSampling3D", Passes.ALWAYS, "upsampling", "reshaping_layers/up_sampling3d", rank=5, data_format=1
    ),
    _passes("Cropping1D", Passes.ALWAYS, "cropping", "reshaping_layers/cropping1d", rank=3),
    *(
        _passes(
            f"Cropping{d}D",
            Passes.ALWAYS,
            "cropping",
            f"reshaping_layers/cropping{d}d",
            rank=d + 2,
            data_format=1,
        )
        for d in (2, 3)
    ),
    *(_uses(f"ZeroPadding{d}D", "zero padding", f"reshaping_layers/zero_padding{d}d") for d in _DIMENSIONS),
    *(
        _passes(name, Passes.ZERO_RATE, "dropout", f"regularization_layers/{page}")
        for name, page in (
            ("Dropout", "dropout"),
            ("SpatialDropout1D", "spatial_dropout1d"),
            ("SpatialDropout2D", "spatial_dropout2d"),
            ("SpatialDropout3D", "spatial_dropout3d"),
            ("GaussianDropout", "gaussian_dropout"),
            ("AlphaDropout", "alpha_dropout"),
        )
    ),
    *(
        _uses(name, kind, f"activation_layers/{page}")
        for name, kind, page in (
            ("Activation", "activation", "activation"),
            ("ReLU", "ReLU", "relu"),
            ("LeakyReLU", "leaky ReLU", "leaky_relu"),
            ("PReLU", "PReLU", "prelu"),
            ("ELU", "ELU", "elu"),
            ("Softmax", "softmax", "softmax"),
        )
    ),
    *(
        _uses(name, kind, f"merging_layers/{page}")
        for name, kind, page in (
            ("Multiply", "product", "multiply"),
            ("Maximum", "maximum", "maximum"),
            ("Minimum", "minimum", "minimum"),
            ("Dot", "dot product", "dot"),
        )
    ),
)

OPS: dict[str, Op] = {
    # Layers that are operations on tensors: several inputs, or other axes behind than before.
    # Average is a sum times a number: a shift of each input leaves divided by how many there are.
    **dict.fromkeys(("keras.layers.Add", "keras.layers.Subtract", "keras.layers.Average"), Op.ADD),
    "keras.layers.Concatenate": Op.CAT,
    # Global pooling of a shift along the channels keeps it; ``keepdims`` says with which axes.
    **dict.fromkeys(
        (f"keras.layers.Global{kind}Pooling{d}D" for kind in ("Average", "Max") for d in _DIMENSIONS),
        Op.REDUCE,
    ),
    "keras.layers.Flatten": Op.FLATTEN,
    "keras.layers.Reshape": Op.RESHAPE,
    "keras.layers.Permute": Op.PERMUTE,
    "keras.layers.Rescaling": Op.SCALE,
}

MODELS = ("keras.Model", "keras.layers.Layer")
"""The bases of models and layers; a class that derives from one is a place where models begin."""

# Other names of the same layers.
SYNONYMS: dict[str, str] = {
    **{f"keras.layers.Convolution{d}D": f"keras.layers.Conv{d}D" for d in _DIMENSIONS},
    **{f"keras.layers.Convolution{d}DTranspose": f"keras.layers.Conv{d}DTranspose" for d in _DIMENSIONS},
    **{f"keras.layers.SeparableConvolution{d}D": f"keras.layers.SeparableConv{d}D" for d in (1, 2)},
    **{f"keras.layers.AvgPool{d}D": f"keras.layers.AveragePooling{d}D" for d in _DIMENSIONS},
    **{f"keras.layers.MaxPool{d}D": f"keras.layers.MaxPooling{d}D" for d in _DIMENSIONS},
    **{
        f"keras.layers.Global{k}Pool{d}D": f"keras.layers.Global{long}Pooling{d}D"
        for k, long in (("Avg", "Average"), ("Max", "Max"))
        for d in _DIMENSIONS
    },
}
