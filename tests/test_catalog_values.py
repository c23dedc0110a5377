"""What the table says of tensors that no sample changes, and of new ones, proved on PyTorch."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from test_catalog import an_input, cancelled, change, tensors
from test_catalog_functions import TRIED, homes

from convbias_lint.layers.torch_functions import (
    ENTRYWISE,
    KNOWN_SHAPES,
    OPS,
    SUMMARIES,
    Op,
)

pytestmark = pytest.mark.usefixtures("needs_torch")


@pytest.mark.parametrize("name", sorted(KNOWN_SHAPES))
def test_shapes_of_what_no_sample_changes(name: str) -> None:
    """What is said of the shape of a learned scale holds, and nothing but its argument tells on it."""
    arguments: dict[str, tuple[Any, ...]] = {
        **dict.fromkeys(("add", "sub", "mul", "multiply", "div", "divide", "pow"), (2.0,)),
        **dict.fromkeys(("clamp", "clip", "clamp_min", "clamp_max"), (0.5,)),
        **dict.fromkeys(("softmax", "log_softmax", "cumsum"), (1,)),
        "flip": ((1,),),
        "roll": (1, 1),
        "normalize": (2.0, 1),
    }
    value = torch.rand(2, 3, 1, dtype=torch.float64) + 0.1
    for function in homes(name).values():
        if name in SUMMARIES:
            if name != "logsumexp" and not name.startswith("am"):
                assert function(value).shape == ()
            assert function(value, 1).shape == (2, 1)
            assert function(value, dim=-1, keepdim=True).shape == (2, 3, 1)
            continue
        result = function(value, *arguments.get(name, ()))
        assert result.shape == value.shape
        if name in ENTRYWISE:
            assert torch.equal(function(value[:, :1], *arguments.get(name, ())), result[:, :1])


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div", "pow"])
def test_two_of_what_no_sample_changes(name: str) -> None:
    assert getattr(torch, name)(torch.rand(3, 1), torch.rand(2, 1, 4)).shape == (2, 3, 4)


def test_every_kind_of_function_is_tried() -> None:
    alone = {Op.LINEAR, Op.BATCH_NORM, Op.INSTANCE_NORM, Op.MATRIX_TRANSPOSE, Op.CHECKPOINT, Op.NEW}
    nothing_is_said_of = {Op.COPY}
    assert set(OPS.values()) == TRIED | alone | nothing_is_said_of


LIKE = [name for name, op in OPS.items() if op is Op.NEW and name.endswith("_like")]
LIKE.remove("empty_like")  # whatever lies in memory


@pytest.mark.parametrize("name", LIKE)
def test_new_tensors_like_another_hold_none_of_its_values(name: str) -> None:
    arguments = (1.0,) if name == "full_like" else ()
    assert cancelled(change(lambda x: getattr(torch, name)(x, *arguments)))


@pytest.mark.filterwarnings("ignore:To copy construct", "ignore:torch.meshgrid")
@pytest.mark.parametrize(
    "name", [name for name, op in OPS.items() if op is Op.NEW and not name.endswith("_like")]
)
def test_new_tensors_take_no_values_of_another(name: str) -> None:
    """A function that gives back what is in a tensor argument must not be called NEW."""
    plain, _ = an_input(1, 0)
    for function in [*homes(name).values(), getattr(torch, name, len)]:
        try:
            back = tensors(function(plain))
        except (TypeError, ValueError, RuntimeError, NotImplementedError):
            continue
        assert not any(torch.equal(value.to(plain.dtype).flatten()[: len(plain)], plain) for value in back)
