"""Each row of the PyTorch tables, held against the real signature and proved by experiment.

The experiment: add a constant of its own to each channel of the input, in training mode, and look at
what comes out.  A shift is passed on if the outputs differ by constants of the channels, cancelled if
they do not differ, used if they differ in any other way.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, Callable

import pytest
import torch

from convbias_lint.layers.rows import Argument, Cancels, Effect, Layer, Passes
from convbias_lint.layers.torch import CONTAINERS, LAYERS, public_name

nn = torch.nn

pytestmark = pytest.mark.usefixtures("needs_torch")

BATCH, CHANNELS, SIZE = 3, 4, 6
BY_NAME = {layer.name: layer for layer in LAYERS}
NEEDED_ARGUMENTS: dict[str, tuple[Any, ...]] = {
    **{f"{kind}{d}d": (CHANNELS, 5, 3) for kind in ("Conv", "ConvTranspose") for d in (1, 2, 3)},
    **{f"Lazy{kind}{d}d": (5, 3) for kind in ("Conv", "ConvTranspose") for d in (1, 2, 3)},
    "Linear": (CHANNELS, 5),
    "LazyLinear": (5,),
    **{f"{kind}{d}d": (CHANNELS,) for kind in ("BatchNorm", "InstanceNorm") for d in (1, 2, 3)},
    "SyncBatchNorm": (CHANNELS,),
    **{f"{kind}Pool{d}d": (3,) for kind in ("Max", "Avg") for d in (1, 2, 3)},
    **{f"Adaptive{kind}Pool{d}d": (2,) for kind in ("Max", "Avg") for d in (1, 2, 3)},
    **{f"{kind}Pad{d}d": (1,) for kind in ("Reflection", "Replication", "Circular") for d in (1, 2, 3)},
    **{f"Upsample{kind}": (None, 2) for kind in ("", "Nearest2d", "Bilinear2d")},
    "PixelUnshuffle": (2,),
    "ChannelShuffle": (2,),
    "Upsample": (None, 2),
    "UpsamplingNearest2d": (None, 2),
    "UpsamplingBilinear2d": (None, 2),
    **dict.fromkeys(("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout"), (0.5,)),
    "FeatureAlphaDropout": (0.5,),
}


def real(layer: Layer) -> type[Any]:
    assert layer.name.startswith("torch.nn.")
    found: type[Any] = getattr(nn, layer.name[len("torch.nn.") :])
    return found


def name_of(layer: Layer) -> str:
    return layer.name.rsplit(".", 1)[1]


def made(layer: Layer, **kwargs: Any) -> Any:
    """The real layer, in training mode and double precision."""
    torch.manual_seed(0)
    return real(layer)(*NEEDED_ARGUMENTS.get(name_of(layer), ()), **kwargs).double().train()


def rank_of(layer: Layer) -> int:
    """How many axes an input for the experiment has."""
    if layer.rank is not None:
        return layer.rank
    digits = [int(letter) for letter in name_of(layer) if letter.isdigit()]
    if name_of(layer).startswith(("Upsampling", "FeatureAlpha")):
        return 4
    return digits[0] + 2 if digits else 4


def an_input(rank: int, axis: int) -> tuple[Any, Any]:
    """A random input, and the same with a constant added to each of its channels."""
    torch.manual_seed(1)
    shape = [BATCH, *[SIZE] * (rank - 1)]
    shape[axis] = CHANNELS
    value = torch.randn(shape, dtype=torch.float64)
    along = [1] * rank
    along[axis] = CHANNELS
    return value, value + torch.randn(CHANNELS, dtype=torch.float64).view(along)


def tensors(value: Any) -> list[Any]:
    """The tensors of an output; indices, as those of a maximum, are none."""
    if isinstance(value, torch.Tensor):
        return [value] if value.is_floating_point() else []
    return [tensor for item in value for tensor in tensors(item)]


def change(function: Callable[[Any], Any], rank: int = 4, axis: int = 1) -> list[Any]:
    """By how much the outputs move when a shift is added to the input; the same dice for both."""
    plain, shifted = an_input(rank, axis)
    torch.manual_seed(2)
    before = tensors(function(plain.clone()))
    torch.manual_seed(2)
    after = tensors(function(shifted.clone()))
    return [(other.double() - one.double()).detach() for one, other in zip(before, after)]


def varies_along(difference: Any, tolerance: float = 1e-9) -> set[int]:
    """The axes along which a tensor is not constant."""
    return {
        axis
        for axis in range(difference.dim())
        if float((difference - difference.narrow(axis, 0, 1)).abs().max()) > tolerance
    }


def passed(differences: Sequence[Any], axis: int, tolerance: float = 1e-9) -> bool:
    """Whether each output moved by constants of the channels on ``axis``, and at all."""
    return all(
        varies_along(moved, tolerance) == {axis % moved.dim()} and float(moved.abs().max()) > tolerance
        for moved in differences
    )


def cancelled(differences: Sequence[Any]) -> bool:
    return all(float(moved.abs().max()) < 1e-9 for moved in differences)


def outcome(layer: Layer, **kwargs: Any) -> str:
    """What the real layer, made with ``kwargs``, does with a shift."""
    module = made(layer, **kwargs)
    rank, axis = rank_of(layer), layer.axis
    module(an_input(rank, axis)[0])  # lazy layers take shape
    differences = change(module, rank, axis)
    if cancelled(differences):
        return "cancels"
    return "passes" if passed(differences, axis) else "uses"


all_layers = pytest.mark.parametrize("layer", LAYERS, ids=name_of)
ARGUMENT_FIELDS = ("bias", "channels", "padding", "groups", "activation", "axis_argument", "data_format")


@all_layers
def test_arguments_are_those_of_the_real_layer(layer: Layer) -> None:
    parameters = list(inspect.signature(real(layer)).parameters.values())
    for field in ARGUMENT_FIELDS:
        argument: Argument | None = getattr(layer, field)
        if argument is None:
            continue
        found = [parameter for parameter in parameters if parameter.name == argument.keyword]
        assert found, f"{layer.name} has no argument {argument.keyword!r}"
        if argument.position is None:
            assert found[0].kind is inspect.Parameter.KEYWORD_ONLY
        else:
            assert parameters[argument.position] is found[0]
        if argument.default is not None:
            assert found[0].default == argument.default
        else:
            assert found[0].default in (None, inspect.Parameter.empty)
    assert layer.source.endswith(f".{name_of(layer)}.html")


@pytest.mark.parametrize("layer", [row for row in LAYERS if row.rank is not None], ids=name_of)
def test_rank_is_the_only_one_that_the_real_layer_takes(layer: Layer) -> None:
    assert layer.rank is not None
    module = made(layer)
    module(an_input(layer.rank, layer.axis)[0])
    with pytest.raises((ValueError, RuntimeError)):
        module(an_input(layer.rank + 1, layer.axis)[0])


@pytest.mark.parametrize("layer", [row for row in LAYERS if row.effect is Effect.INTRODUCES], ids=name_of)
def test_introduces_a_shift(layer: Layer) -> None:
    module = made(layer)
    rank = rank_of(layer)
    value, _ = an_input(rank, layer.axis)
    with_bias = module(value)
    with torch.no_grad():
        module.bias.copy_(torch.randn(5, dtype=torch.float64))
        moved = module(value) - with_bias
    assert passed([moved], layer.axis)
    assert moved.shape[layer.axis] == 5
    assert made(layer, bias=False).bias is None


@pytest.mark.parametrize("layer", [row for row in LAYERS if row.effect is Effect.INTRODUCES], ids=name_of)
def test_a_layer_that_introduces_a_shift_passes_another_on_as_its_row_says(layer: Layer) -> None:
    if layer.passes is Passes.UNPADDED:
        assert outcome(layer) == "passes"
        assert outcome(layer, padding=1) == "uses"
        assert outcome(layer, padding="valid") == "passes"
        assert outcome(layer, padding="same") == "uses"
        for mode in ("reflect", "replicate", "circular"):
            try:
                assert outcome(layer, padding=1, padding_mode=mode) == "passes"
            except NotImplementedError:
                assert (mode, layer.rank) == ("reflect", 5)
    elif layer.passes is Passes.LAST_AXIS:
        for rank in (2, 3, 4):
            module = made(layer)
            module(an_input(rank, -1)[0])
            assert passed(change(module, rank, -1), -1)
        across = change(nn.Linear(SIZE, 5).double(), 3, 1)
        assert not passed(across, -1), "a shift along another axis is none behind it"
    else:
        assert layer.passes is Passes.NEVER
        assert outcome(layer) == "uses"


@pytest.mark.parametrize("layer", [row for row in LAYERS if row.effect is Effect.CANCELS], ids=name_of)
def test_cancels_a_shift(layer: Layer) -> None:
    if layer.cancels is Cancels.GROUP_PER_CHANNEL:
        assert outcome_of_groups(CHANNELS) == "cancels"
        assert outcome_of_groups(2) == "uses"
        assert outcome_of_groups(1) == "uses"
        return
    assert outcome(layer) == "cancels"
    assert outcome(layer, affine=False) == "cancels"
    assert outcome(layer, track_running_stats=True) == "cancels"
    assert outcome(layer, track_running_stats=False) == "cancels"
    assert outcome(layer, momentum=0.0) == "cancels"
    frozen = made(layer, track_running_stats=True)
    frozen(an_input(rank_of(layer), 1)[0])
    assert not cancelled(change(frozen.eval(), rank_of(layer))), "in evaluation mode it is an affine map"


def outcome_of_groups(groups: int) -> str:
    differences = change(nn.GroupNorm(groups, CHANNELS).double())
    return "cancels" if cancelled(differences) else "uses"


def test_layers_without_a_row_use_the_shift() -> None:
    """The tempting ones; others without a row may be harmless, and then less is found."""
    image = [CHANNELS, SIZE, SIZE]
    for module in (
        nn.LayerNorm(image),
        nn.RMSNorm(image),
        nn.LocalResponseNorm(2),
        nn.ReLU(),
        nn.LPPool2d(2, 2),
        nn.ZeroPad2d(1),
        nn.ConstantPad2d(1, 3.0),
        nn.PixelShuffle(2),
        nn.Softmax2d(),
        nn.Dropout2d(),
    ):
        differences = change(module.double())
        assert not passed(differences, 1)
        assert not cancelled(differences)


@pytest.mark.parametrize("layer", [row for row in LAYERS if row.effect is Effect.PASSES], ids=name_of)
def test_passes_a_shift_on(layer: Layer) -> None:
    if layer.passes in (Passes.ALWAYS, Passes.REGROUPS):
        assert outcome(layer) == "passes"
        if layer.passes is Passes.REGROUPS:
            assert made(layer)(an_input(4, 1)[0]).shape[1] > CHANNELS
    elif layer.passes is Passes.PADDING_NOT_COUNTED:
        assert outcome(layer) == "passes"
        assert outcome(layer, padding=1) == "uses"
        assert outcome(layer, ceil_mode=True) == "passes"
        assert outcome(layer, padding=1, count_include_pad=False) == "passes"
    elif layer.passes is Passes.ZERO_RATE:
        assert outcome(layer) == "uses"
        module = made(layer)
        module.p = 0.0
        assert passed(change(module, rank_of(layer)), 1)
    else:
        assert layer.passes is Passes.FLATTENS
        (moved,) = change(made(layer))
        assert varies_along(moved) == {1}
        assert moved.shape == (BATCH, CHANNELS * SIZE * SIZE)


@pytest.mark.parametrize("mode", ["nearest", "nearest-exact", "bilinear", "bicubic", "area"])
def test_every_mode_of_upsampling_passes_a_shift_on(mode: str) -> None:
    assert passed(change(nn.Upsample(scale_factor=1.7, mode=mode)), 1)
    assert passed(change(lambda x: nn.functional.interpolate(x, size=4, mode=mode)), 1)


@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("ceil", [False, True])
def test_max_pooling_passes_a_shift_on_however_it_is_padded(dilation: int, ceil: bool) -> None:
    module = nn.MaxPool2d(3, stride=2, padding=1, dilation=dilation, ceil_mode=ceil)
    assert passed(change(module), 1)


def test_every_convolution_and_mean_subtracting_norm_of_torch_has_a_row() -> None:
    from torch.nn.modules.batchnorm import _NormBase
    from torch.nn.modules.conv import _ConvNd

    for name, found in vars(nn).items():
        if inspect.isclass(found) and issubclass(found, (_ConvNd, _NormBase, nn.Linear)):
            assert f"torch.nn.{name}" in BY_NAME


def test_names_are_found_wherever_torch_lets_people_import_them() -> None:
    for name in (*BY_NAME, "torch.nn.Module", *CONTAINERS):
        found = getattr(nn, name.rsplit(".", 1)[1])
        assert public_name(f"{found.__module__}.{found.__name__}") == name
