"""State dicts, in every shape they come in, from old code to new and back."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest
import torch
from migrate_checks import DROPPED, X, same_function
from migrate_models import NeedsBias, Net, OldNet, trained
from torch import nn

from convbias_lint.torch_tools import ToolError, migrate_state_dict, restore_state_dict


@pytest.fixture
def state() -> dict[str, torch.Tensor]:
    return trained(OldNet()).state_dict()


def test_a_state_dict(state: Any) -> None:
    kept = {key: value.clone() for key, value in state.items()}
    done = migrate_state_dict(state, Net(), X)
    assert set(done.dropped) == DROPPED
    assert done.parameters == 6 + 6 + 8
    assert set(done.shifts) == {"bn1.running_mean", "bn2.running_mean"}
    assert done.differences["evaluation"] <= 1e-10
    assert done.differences["training"] <= 1e-8
    assert done.differences["evaluation on noise"] <= 1e-8
    assert done.differences["as stored"] <= 1e-6
    assert done.precision == "float64"
    assert isinstance(done.state_dict, OrderedDict)
    assert done.state_dict._metadata == state._metadata
    assert all(done.state_dict[key] is state[key] for key in done.state_dict if "running_mean" not in key)
    assert all(torch.equal(kept[key], state[key]) for key in kept)
    assert kept.keys() == state.keys()
    same_function(done.state_dict, state)


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(torch.float64, 1e-10), (torch.float16, 2e-2), (torch.bfloat16, 1e-1)]
)
def test_other_dtypes_are_kept(state: Any, dtype: torch.dtype, tolerance: float) -> None:
    cast = {key: value.to(dtype) if value.is_floating_point() else value for key, value in state.items()}
    done = migrate_state_dict(cast, Net(), X)
    assert {value.dtype for key, value in done.state_dict.items() if "tracked" not in key} == {dtype}
    assert done.differences["evaluation"] <= 1e-10  # computed in float64 whatever is stored
    same_function(done.state_dict, cast, tolerance)


def test_there_and_back(state: Any) -> None:
    slim = migrate_state_dict(state, Net(), X).state_dict
    back = restore_state_dict(slim, OldNet(), X)
    assert set(back.added) == DROPPED
    assert list(back.state_dict) == list(state)
    assert all(not back.state_dict[key].any() for key in DROPPED)
    same_function(slim, back.state_dict)


def test_norms_without_statistics_or_written_by_hand() -> None:
    class HandMade(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("running_mean", torch.zeros(4))
            self.register_buffer("running_var", torch.ones(4))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            mean = x.mean((0, 2, 3)) if self.training else self.running_mean
            return (x - mean.view(1, -1, 1, 1)) / self.running_var.sqrt().view(1, -1, 1, 1)

    def build(bias: bool) -> nn.Module:
        return nn.Sequential(
            nn.Conv2d(3, 4, 3, bias=bias), HandMade(), nn.ReLU(),
            nn.Conv2d(4, 4, 3, bias=bias), nn.InstanceNorm2d(4), nn.ReLU(),
            nn.Conv2d(4, 4, 1, bias=bias), nn.InstanceNorm2d(4, track_running_stats=True), nn.ReLU(),
            nn.Conv2d(4, 4, 1, bias=bias), nn.GroupNorm(4, 4),
        )  # fmt: skip

    done = migrate_state_dict(trained(build(True)).state_dict(), build(False), X)
    assert set(done.shifts) == {"1.running_mean", "7.running_mean"}
    assert done.differences["evaluation"] <= 1e-10


def test_one_norm_for_two_layers_is_refused_unless_they_agree() -> None:
    class Shared(nn.Module):
        def __init__(self, bias: bool) -> None:
            super().__init__()
            self.a, self.b = nn.Conv2d(3, 4, 1, bias=bias), nn.Conv2d(3, 4, 1, bias=bias)
            self.bn = nn.BatchNorm2d(4)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.bn(self.a(x)) - self.bn(self.b(x))

    old = trained(Shared(True))
    with pytest.raises(ToolError, match="the norm 'bn' is used several times"):
        migrate_state_dict(old.state_dict(), Shared(False), X)
    with torch.no_grad():
        old.b.bias.copy_(old.a.bias)
    assert migrate_state_dict(old.state_dict(), Shared(False), X).differences["evaluation"] <= 1e-10


def test_a_bias_that_is_needed_is_refused_by_name() -> None:
    with pytest.raises(ToolError, match=r"'conv\.bias' cannot go, the model needs it"):
        migrate_state_dict(trained(NeedsBias(True)).state_dict(), NeedsBias(), X)


def test_dropout_before_the_norm_shows_in_training_only() -> None:
    def build(bias: bool) -> nn.Module:
        return nn.Sequential(nn.Conv2d(3, 4, 1, bias=bias), nn.Dropout(0.5), nn.BatchNorm2d(4))

    with pytest.raises(ToolError, match=r"'0.bias' cannot go.* in training"):
        migrate_state_dict(trained(build(True)).state_dict(), build(False), X)


def test_a_relu_that_cuts_nothing_off_is_not_believed() -> None:
    """On this input every value is positive, so the shift looks constant; on noise it is not."""

    def build(bias: bool) -> nn.Module:
        return nn.Sequential(nn.Conv2d(1, 2, 1, bias=bias), nn.ReLU(), nn.BatchNorm2d(2))

    old = trained(build(True))
    with torch.no_grad():
        old[0].weight.fill_(1.0)
        old[0].bias.fill_(0.5)
    with pytest.raises(ToolError, match=r"on noise|cannot go"):
        migrate_state_dict(old.state_dict(), build(False), torch.rand(4, 1, 3, 3) + 0.1)


def test_outputs_of_nothing_but_rounding_are_equal() -> None:
    def model(bias: bool) -> nn.Module:
        silence = nn.Threshold(1e9, 0.0)  # no input gets through: the norm sees images of one value
        return nn.Sequential(silence, nn.Conv2d(3, 3, 1, bias=bias), nn.InstanceNorm2d(3))

    old = model(bias=True)
    old[1].bias.data = torch.tensor([0.1, 0.7, 1.3])  # type: ignore[union-attr]
    assert 0 < old.double()(X.double()).abs().max() < 1e-12
    done = migrate_state_dict(old.float().state_dict(), model(bias=False), X)
    assert done.dropped == ("1.bias",)
    assert done.differences["evaluation"] == 0


def test_a_layer_that_the_input_does_not_reach_is_refused() -> None:
    class Optional(nn.Module):
        def __init__(self, bias: bool) -> None:
            super().__init__()
            self.a, self.bn = nn.Conv2d(3, 4, 1, bias=bias), nn.BatchNorm2d(4)
            self.b, self.bn2 = nn.Conv2d(3, 4, 1, bias=bias), nn.BatchNorm2d(4)

        def forward(self, x: torch.Tensor, both: bool = False) -> torch.Tensor:
            y = self.bn(self.a(x))
            return y + self.bn2(self.b(x)) if both else y

    state = trained(Optional(True)).state_dict()
    with pytest.raises(ToolError, match=r"'b\.bias' cannot be measured: this input never reaches its layer"):
        migrate_state_dict(state, Optional(False), X)
    assert (
        migrate_state_dict(state, Optional(False), {"x": X, "both": True}).differences["evaluation"] <= 1e-10
    )


def test_large_biases_keep_their_precision(state: Any) -> None:
    state["conv1.bias"] += 1e4
    state["bn1.running_mean"] += 1e4
    assert migrate_state_dict(state, Net(), X).differences["evaluation"] <= 1e-10
