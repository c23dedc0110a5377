"""What the functions of ``torch`` and ``torch.nn.functional``, and the methods of tensors, do with a shift.

Functions and methods of one name do the same: ``torch.flatten(x, 1)`` is ``x.flatten(1)``.  A name
that is not here uses the shift.  Sources: https://docs.pytorch.org/docs/stable/torch.html,
.../nn.functional.html and .../tensors.html.
"""

from __future__ import annotations

import enum


class Op(enum.Enum):
    SAME = "every entry keeps its place and its shift"
    POOL = "neighbours are combined by weights that sum to one; shifts leave as they are"
    AVERAGE_POOL = "as POOL, unless zeros are padded and counted"
    REDUCE = "axes are averaged away; a shift along another axis stays"
    SUM = "summed up along axes: a shift along another axis is multiplied by their length"
    EXTREME = "the largest entry along an axis and where it is; a shift along another axis stays"
    ORDER = "sorted along an axis; a shift along another axis stays"
    ADD = "two tensors are added; the shifts of both stay"
    SCALE = "multiplied by a number; with a tensor, the shift is used"
    CAT = "joined along an axis; along the channel axis the shifts stay"
    STACK = "joined along a new axis"
    SPLIT = "cut along an axis into several"
    UNBIND = "cut along an axis, which goes away"
    FLATTEN = "several axes become one"
    UNFLATTEN = "one axis becomes several"
    RESHAPE = "a new shape"
    PERMUTE = "axes in a new order"
    TRANSPOSE = "two axes change places"
    MATRIX_TRANSPOSE = "the last two axes change places"
    UNSQUEEZE = "a new axis of length one"
    SQUEEZE = "an axis of length one goes away"
    EXPAND = "repeated along axes"
    REPEAT = "put beside itself along axes"
    REARRANGE = "entries change places along axes, or some are picked; a shift along another axis stays"
    MOVE_AXIS = "one axis takes another place"
    CHANNELS = "channels change places, or space goes into them; each has a constant of its own"
    INTERPOLATE = "resized; shifts leave as they are"
    PAD = "padded: with zeros the shift is used"
    CONV = "a convolution with given weight and bias"
    CONV_TRANSPOSE = "a transposed convolution with given weight and bias"
    LINEAR = "a linear map with given weight and bias"
    BATCH_NORM = "a batch norm"
    INSTANCE_NORM = "an instance norm"
    DROPOUT = "dropout: passes a shift only at rate 0 or switched off"
    QUERY = "asks for shape, type or place; no value is seen"
    NEW = "a new tensor that depends on no value of another"
    COPY = "a new tensor made of the values it gets"
    CHECKPOINT = "calls its first argument with the others"


OPS: dict[str, Op] = {
    **dict.fromkeys(
        (
            "contiguous",
            "clone",
            "to",
            "type",
            "type_as",
            "float",
            "double",
            "half",
            "bfloat16",
            "cuda",
            "cpu",
            "detach",
            "requires_grad_",
            "positive",
            "real",
            "pin_memory",
            "as_tensor",
        ),
        Op.SAME,
    ),
    **dict.fromkeys(
        [f"{kind}max_pool{d}d" for kind in ("", "adaptive_") for d in (1, 2, 3)]
        + [f"adaptive_avg_pool{d}d" for d in (1, 2, 3)],
        Op.POOL,
    ),
    **{f"avg_pool{d}d": Op.AVERAGE_POOL for d in (1, 2, 3)},
    "mean": Op.REDUCE,
    "amax": Op.REDUCE,
    "amin": Op.REDUCE,
    "sum": Op.SUM,
    **dict.fromkeys(("max", "min", "median", "kthvalue"), Op.EXTREME),
    **dict.fromkeys(("sort", "topk"), Op.ORDER),
    **dict.fromkeys(("add", "add_", "sub", "sub_", "subtract", "rsub"), Op.ADD),
    **dict.fromkeys(
        ("mul", "mul_", "multiply", "div", "div_", "divide", "true_divide", "neg", "neg_"), Op.SCALE
    ),
    **dict.fromkeys(("cat", "concat", "concatenate"), Op.CAT),
    "stack": Op.STACK,
    **dict.fromkeys(("chunk", "split", "tensor_split", "narrow", "split_with_sizes"), Op.SPLIT),
    **dict.fromkeys(("unbind", "select"), Op.UNBIND),
    "flatten": Op.FLATTEN,
    "unflatten": Op.UNFLATTEN,
    **dict.fromkeys(("view", "reshape"), Op.RESHAPE),
    "permute": Op.PERMUTE,
    **dict.fromkeys(("transpose", "swapaxes", "swapdims", "transpose_"), Op.TRANSPOSE),
    **dict.fromkeys(("t", "mT"), Op.MATRIX_TRANSPOSE),
    "unsqueeze": Op.UNSQUEEZE,
    "squeeze": Op.SQUEEZE,
    **dict.fromkeys(("expand", "expand_as"), Op.EXPAND),
    **dict.fromkeys(("repeat", "tile"), Op.REPEAT),
    **dict.fromkeys(
        ("flip", "roll", "index_select", "gather", "take_along_dim", "repeat_interleave"), Op.REARRANGE
    ),
    **dict.fromkeys(("movedim", "moveaxis"), Op.MOVE_AXIS),
    **dict.fromkeys(("interpolate", "upsample", "upsample_nearest", "upsample_bilinear"), Op.INTERPOLATE),
    **dict.fromkeys(("pixel_unshuffle", "channel_shuffle"), Op.CHANNELS),
    "pad": Op.PAD,
    **{f"conv{d}d": Op.CONV for d in (1, 2, 3)},
    **{f"conv_transpose{d}d": Op.CONV_TRANSPOSE for d in (1, 2, 3)},
    "linear": Op.LINEAR,
    "batch_norm": Op.BATCH_NORM,
    "instance_norm": Op.INSTANCE_NORM,
    **dict.fromkeys(
        ("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_alpha_dropout"),
        Op.DROPOUT,
    ),
    **dict.fromkeys(
        (
            "size",
            "dim",
            "ndimension",
            "numel",
            "nelement",
            "element_size",
            "stride",
            "is_contiguous",
            "get_device",
            "is_floating_point",
            "is_complex",
            "is_tensor",
            "ndim",
            "dtype",
            "device",
            "shape",
            "is_cuda",
            "layout",
            "data_ptr",
            "is_quantized",
            "requires_grad",
            "is_sparse",
            "is_mps",
            "is_scripting",
            "is_tracing",
        ),
        Op.QUERY,
    ),
    **dict.fromkeys(
        (
            "zeros",
            "ones",
            "empty",
            "full",
            "rand",
            "randn",
            "randint",
            "arange",
            "linspace",
            "eye",
            "zeros_like",
            "ones_like",
            "empty_like",
            "rand_like",
            "randn_like",
            "full_like",
            "new_zeros",
            "new_ones",
            "new_empty",
            "new_full",
            "logspace",
            "randperm",
            "hann_window",
            "tril_indices",
            "triu_indices",
        ),
        Op.NEW,
    ),
    **dict.fromkeys(("tensor", "new_tensor", "Tensor", "FloatTensor", "from_numpy", "meshgrid"), Op.COPY),
    "checkpoint": Op.CHECKPOINT,
}

# The rank of the input, where a function fixes it.
RANKS: dict[str, int] = {
    f"{prefix}{d}d": d + 2
    for d in (1, 2, 3)
    for prefix in ("conv", "conv_transpose", "max_pool", "avg_pool", "adaptive_max_pool", "adaptive_avg_pool")
}

# Modules whose functions are looked up by their last name.
FUNCTION_MODULES = (
    "torch.nn.functional.",
    "torch.utils.checkpoint.",
    "torch.functional.",
    "torch.jit.",
    "torch.Tensor.",
    "torch.onnx.",
    "torch.fx.wrap.",
    "torch.",
)

# What becomes of the shape of a tensor that no sample changes: a learned scale, a buffer.
ENTRYWISE = frozenset(
    (
        "abs",
        "add",
        "ceil",
        "clamp",
        "clamp_max",
        "clamp_min",
        "clip",
        "clone",
        "contiguous",
        "cos",
        "detach",
        "div",
        "divide",
        "double",
        "elu",
        "erf",
        "exp",
        "exp2",
        "expm1",
        "float",
        "floor",
        "gelu",
        "half",
        "hardsigmoid",
        "hardtanh",
        "leaky_relu",
        "log",
        "log1p",
        "log2",
        "mul",
        "multiply",
        "neg",
        "negative",
        "pow",
        "reciprocal",
        "relu",
        "relu6",
        "round",
        "rsqrt",
        "sigmoid",
        "sign",
        "silu",
        "sin",
        "softplus",
        "sqrt",
        "square",
        "sub",
        "tanh",
    )
)
"""Each entry by itself: with one tensor the shape stays, of two it is what broadcasting gives."""
WITHIN = frozenset(("cumsum", "flip", "log_softmax", "normalize", "roll", "softmax"))
"""Entries see each other, the shape stays."""
SUMMARIES = frozenset(("amax", "amin", "logsumexp", "mean", "prod", "sum"))
"""Axes go, or become one long with ``keepdim``; without axes one number is left."""
KNOWN_SHAPES = ENTRYWISE | WITHIN | SUMMARIES
