"""Each row of the table of functions and tensor methods, proved by the same experiment as the layers.

Every name is tried wherever PyTorch has it: in ``torch``, in ``torch.nn.functional``, as a method.
"""

from __future__ import annotations

from typing import Any, Callable

import pytest
import torch
from test_catalog import BATCH, CHANNELS, SIZE, an_input, cancelled, change, passed, varies_along

from convbias_lint.layers.torch_functions import (
    FUNCTION_MODULES,
    OPS,
    RANKS,
    Op,
)

pytestmark = pytest.mark.usefixtures("needs_torch")

F = torch.nn.functional
Function = Callable[..., Any]

# Names that are here for what no experiment on this machine shows: other devices, and attributes.
NOT_TRIED = {"cuda", "pin_memory", "data_ptr", "get_device"}


def homes(name: str) -> dict[str, Function]:
    """The functions and methods of one name, each to be called with the tensor first."""
    return {
        f"{place}.{name}": getattr(space, name)
        for place, space in (("torch", torch), ("F", F), ("Tensor", torch.Tensor))
        if callable(getattr(space, name, None)) and not isinstance(getattr(space, name), type)
    }


def given(function: Function, *arguments: Any, **named: Any) -> Function:
    """The function of the first argument alone."""
    return lambda x: function(x, *arguments, **named)


def names(*ops: Op) -> list[tuple[str, str]]:
    """Every (name, place) of some ops, as parameters of a test."""
    return [
        (name, place)
        for name, op in OPS.items()
        if op in ops and name not in NOT_TRIED
        for place in homes(name)
    ]


TRIED: set[Op] = set()


def each(*ops: Op) -> pytest.MarkDecorator:
    TRIED.update(ops)
    return pytest.mark.parametrize(("name", "place"), names(*ops), ids=lambda value: value)


def test_every_name_exists() -> None:
    spaces = (torch, F, torch.Tensor, torch.utils.checkpoint, torch.jit)
    unknown = [name for name in OPS if not any(hasattr(space, name) for space in spaces)]
    assert not unknown


def test_modules_of_functions_exist() -> None:
    for module in FUNCTION_MODULES:
        value: Any = torch
        for part in module.rstrip(".").split(".")[1:]:
            value = getattr(value, part)


@each(Op.SAME)
def test_same(name: str, place: str) -> None:
    function = homes(name)[place]
    plain, _ = an_input(4, 1)
    arguments = {"to": (torch.float64,), "type": (torch.float64,), "type_as": (plain,)}.get(name, ())
    tolerance = {"half": 2e-2, "bfloat16": 1e-1, "float": 1e-5}.get(name, 1e-9)
    assert passed(change(lambda x: function(x, *arguments)), 1, tolerance)


@each(Op.POOL, Op.AVERAGE_POOL)
def test_pool(name: str, place: str) -> None:
    function, rank = homes(name)[place], RANKS[name]
    assert passed(change(lambda x: function(x, 2), rank), 1)
    if "adaptive" not in name:
        padded = passed(change(lambda x: function(x, 3, 2, 1), rank), 1)
        assert padded == (OPS[name] is Op.POOL)
    if OPS[name] is Op.AVERAGE_POOL:
        assert passed(change(lambda x: function(x, 3, 2, 1, False, False), rank), 1)


@each(Op.REDUCE)
def test_reduce(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function(x, (2, 3))), 1)
    assert passed(change(lambda x: function(x, dim=-1, keepdim=True)), 1)
    assert not passed(change(lambda x: function(x, 1)), 1), "over the channels, no shift is left"


@each(Op.ADD)
def test_add(name: str, place: str) -> None:
    function = homes(name)[place]
    other = torch.randn(BATCH, CHANNELS, SIZE, SIZE, dtype=torch.float64)
    assert passed(change(lambda x: function(x, other)), 1)
    assert passed(change(lambda x: function(x, other, alpha=0.5)), 1)
    assert passed(change(lambda x: function(other.clone(), x)), 1)


@each(Op.SCALE)
def test_scale(name: str, place: str) -> None:
    function = homes(name)[place]
    numbers = () if name in ("neg", "neg_") else (0.3,)
    assert passed(change(lambda x: function(x, *numbers)), 1)
    if numbers:
        other = torch.rand(BATCH, CHANNELS, SIZE, SIZE, dtype=torch.float64) + 1
        assert not passed(change(lambda x: function(x, other)), 1)


@each(Op.CAT)
def test_cat(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function([x, 2 * x], 1)), 1)
    assert not passed(change(lambda x: function([x, 2 * x], 2)), 1)


@each(Op.SUM)
def test_sum(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function(x, (2, 3))), 1)
    assert not passed(change(lambda x: function(x, 1)), 1)


@each(Op.EXTREME)
def test_extreme(name: str, place: str) -> None:
    function = homes(name)[place]
    first = (2,) if name == "kthvalue" else ()
    assert passed(change(lambda x: function(x, *first, -1)), 1)
    assert passed(change(lambda x: function(x, *first, 2, True)), 1)
    assert passed(change(lambda x: function(x, *first, dim=3, keepdim=True)), 1)
    assert not passed(change(lambda x: function(x, *first, 1)), 1)
    plain, shifted = an_input(4, 1)
    assert torch.equal(function(plain, *first, 2)[1], function(shifted, *first, 2)[1])


@each(Op.ORDER)
def test_order(name: str, place: str) -> None:
    function = homes(name)[place]
    first = (2,) if name == "topk" else ()
    assert passed(change(lambda x: function(x, *first, 2)), 1)
    assert passed(change(lambda x: function(x, *first)), 1), "the last axis, unless told otherwise"
    assert not passed(change(lambda x: function(x, *first, 1)), 1)
    plain, shifted = an_input(4, 1)
    assert torch.equal(function(plain, *first, 2)[1], function(shifted, *first, 2)[1])


REARRANGED: dict[str, Callable[[int], tuple[Any, ...]]] = {
    "flip": lambda axis: ((axis,),),
    "roll": lambda axis: (1, axis),
    "index_select": lambda axis: (axis, torch.tensor([1, 0])),
    "gather": lambda axis: (axis, torch.randint(0, 2, (BATCH, CHANNELS, SIZE, SIZE))),
    "take_along_dim": lambda axis: (torch.randint(0, 2, (BATCH, CHANNELS, SIZE, SIZE)), axis),
    "repeat_interleave": lambda axis: (2, axis),
}


@each(Op.REARRANGE)
def test_rearranged(name: str, place: str) -> None:
    function = homes(name)[place]
    torch.manual_seed(3)
    for axis in (2, -1):
        assert passed(change(given(function, *REARRANGED[name](axis))), 1)
    if name == "roll":
        assert not passed(change(lambda x: function(x, 1)), 1), "without an axis, across the channels"


@each(Op.REPEAT)
def test_repeat(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function(x, (1, 1, 2, 3))), 1)
    assert passed(change(lambda x: function(x, (2, 1, 1, 2, 3))), 2)
    if place.startswith("Tensor"):
        assert passed(change(lambda x: function(x, 1, 1, 2, 3)), 1)


@each(Op.MOVE_AXIS)
def test_move_axis(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function(x, 1, -1)), -1)
    assert passed(change(lambda x: function(x, (1, 2), (3, 0))), 3)
    assert passed(change(lambda x: function(x, 0, 2)), 0)


@each(Op.CHANNELS)
def test_channels(name: str, place: str) -> None:
    assert passed(change(lambda x: homes(name)[place](x, 2)), 1)


@each(Op.STACK)
def test_stack(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function([x, x], dim=2)), 1)
    assert passed(change(lambda x: function([x, x])), 2)
    for reduce in (torch.mean, torch.sum):
        assert passed(change(lambda x: reduce(function([x, 2 * x]), 0)), 1)


SPLITS = {"narrow": ((1, 0, 2), (2, 0, 2)), "split_with_sizes": (([2, 2], 1), ([2, 4], 2))}


@each(Op.SPLIT)
def test_split(name: str, place: str) -> None:
    function = homes(name)[place]
    for arguments in SPLITS.get(name, ((2, 1), (2, 2))):
        assert passed(change(given(function, *arguments)), 1)


@each(Op.UNBIND)
def test_unbind(name: str, place: str) -> None:
    function = homes(name)[place]
    arguments = (0,) if name == "select" else ()
    assert passed(change(lambda x: function(x, 2, *arguments)), 1)
    assert not passed(change(lambda x: function(x, 1, *arguments)), 1)


@each(Op.FLATTEN)
def test_flatten(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function(x, 2)), 1)
    assert [varies_along(moved) for moved in change(lambda x: function(x, 1))] == [{1}]


@each(Op.UNFLATTEN)
def test_unflatten(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function(x, 2, (2, -1))), 1)
    assert [varies_along(moved) for moved in change(lambda x: function(x, 1, (2, 2)))] == [{1, 2}]


@each(Op.RESHAPE)
def test_reshape(name: str, place: str) -> None:
    function = homes(name)[place]
    shape = (BATCH, CHANNELS, -1)
    assert passed(change(lambda x: function(x, shape)), 1)
    if place.startswith("Tensor"):
        assert passed(change(lambda x: function(x, *shape)), 1)


@each(Op.PERMUTE)
def test_permute(name: str, place: str) -> None:
    assert passed(change(lambda x: homes(name)[place](x, (0, 2, 3, 1))), 3)


@each(Op.TRANSPOSE)
def test_transpose(name: str, place: str) -> None:
    assert passed(change(lambda x: homes(name)[place](x, 1, -1)), 3)


@each(Op.UNSQUEEZE)
def test_unsqueeze(name: str, place: str) -> None:
    assert passed(change(lambda x: homes(name)[place](x, 1)), 2)
    assert passed(change(lambda x: homes(name)[place](x, -1)), 1)


@each(Op.SQUEEZE)
def test_squeeze(name: str, place: str) -> None:
    assert passed(change(lambda x: homes(name)[place](x[:, :, :, :1], 3)), 1)
    assert passed(change(lambda x: homes(name)[place](x[:, :, :, :1])), 1)


def test_matrix_transpose() -> None:
    assert [name for name, op in OPS.items() if op is Op.MATRIX_TRANSPOSE] == ["t", "mT"]
    assert passed(change(lambda x: x.t(), 2), 0)
    assert passed(change(lambda x: x.mT), 1) is passed(change(lambda x: x.transpose(-1, -2)), 1)


@each(Op.EXPAND)
def test_expand(name: str, place: str) -> None:
    function = homes(name)[place]
    wide = (BATCH, CHANNELS, SIZE, 5)
    shape = torch.empty(wide) if name == "expand_as" else wide
    assert passed(change(lambda x: function(x[:, :, :, :1], shape)), 1)


@pytest.mark.filterwarnings("ignore:.*deprecated")
@each(Op.INTERPOLATE)
def test_interpolate(name: str, place: str) -> None:
    function = homes(name)[place]
    assert passed(change(lambda x: function(x, scale_factor=2)), 1)


@each(Op.PAD)
def test_pad(name: str, place: str) -> None:
    function = homes(name)[place]
    for mode in ("reflect", "replicate", "circular"):
        assert passed(change(given(function, (1, 1, 1, 1), mode=mode)), 1)
    assert not passed(change(lambda x: function(x, (1, 1, 1, 1))), 1)


@each(Op.CONV, Op.CONV_TRANSPOSE)
def test_conv(name: str, place: str) -> None:
    function, rank = homes(name)[place], RANKS[name]
    kernel = [3] * (rank - 2)
    weight = torch.randn(CHANNELS, CHANNELS, *kernel, dtype=torch.float64)
    assert passed(change(lambda x: function(x, weight), rank), 1) is (OPS[name] is Op.CONV)
    assert not passed(change(lambda x: function(x, weight, padding=1), rank), 1)
    bias = torch.randn(CHANNELS, dtype=torch.float64)
    value, _ = an_input(rank, 1)
    assert passed([function(value, weight, bias) - function(value, weight)], 1)


def test_linear() -> None:
    weight = torch.randn(5, CHANNELS, dtype=torch.float64)
    assert passed(change(lambda x: F.linear(x, weight), 3, -1), -1)


def test_norms() -> None:
    assert cancelled(change(lambda x: F.batch_norm(x, None, None, training=True)))
    assert cancelled(change(lambda x: F.instance_norm(x)))
    mean, variance = torch.zeros(CHANNELS).double(), torch.ones(CHANNELS).double()
    assert not cancelled(change(lambda x: F.batch_norm(x, mean, variance)))
    assert not cancelled(change(lambda x: F.instance_norm(x, mean, variance, use_input_stats=False)))


@each(Op.DROPOUT)
def test_dropout(name: str, place: str) -> None:
    function = homes(name)[place]
    rank = int(name[-2]) + 2 if name[-2].isdigit() else 4
    assert not passed(change(lambda x: function(x, 0.5, True), rank), 1)
    assert passed(change(lambda x: function(x, 0.5, False), rank), 1)
    assert passed(change(lambda x: function(x, 0.0, True), rank), 1)


@each(Op.QUERY)
def test_query(name: str, place: str) -> None:
    function = homes(name)[place]
    plain, shifted = an_input(4, 1)
    assert function(plain) == function(shifted)


def test_checkpoint() -> None:
    from torch.utils.checkpoint import checkpoint

    assert passed(change(lambda x: checkpoint(lambda y: 2 * y, x, use_reentrant=False)), 1)
