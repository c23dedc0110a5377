"""Folding: what goes, what stays and why, in every dtype; and what PyTorch's own two tools do."""

from __future__ import annotations

import copy
import warnings
from typing import Any, Optional

import pytest
import torch
from migrate_models import trained
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval
from zoo_models import IDS, MODELS, ZooModel, class_in

from convbias_lint.torch_tools import ToolError, fold_batch_norm
from convbias_lint.torch_tools.call import tensors_in

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # torch's own module uses what torch deprecates
    from torch.fx.experimental.optimization import fuse


def built(zoo: ZooModel) -> nn.Module:
    torch.manual_seed(0)
    return trained(class_in(zoo.path, zoo.name)()).eval()


def norms(model: nn.Module) -> int:
    return sum(isinstance(m, nn.modules.batchnorm._BatchNorm) for m in model.modules())


def gap(one: nn.Module, other: nn.Module, x: torch.Tensor) -> float:
    with torch.no_grad():
        first, second = one.eval()(x), other.eval()(x)
    pairs = zip(tensors_in(first), tensors_in(second))
    return max(float((a - b).abs().max() / a.abs().max()) for (_, a), (_, b) in pairs)


# How many norms each model has in evaluation mode, and how many can go.
EXPECTED = {
    "VGG": (4, 4), "VGGB": (6, 6), "ResNetBasic": (6, 6), "ResNetBottleneck": (9, 9), "DenseNet": (9, 4),
    "UNet": (10, 10), "UNet3d": (2, 2), "MobileNetV1": (5, 5), "MobileNetV2": (7, 7),
    "PointNetClassifier": (6, 6), "Generator": (2, 2), "Discriminator": (1, 1), "Inception": (6, 5),
    "TranslationGenerator": (0, 0), "TabularAutoencoder": (3, 3), "SeparablePooled": (2, 0),
}  # fmt: skip


@pytest.mark.parametrize("zoo", MODELS, ids=IDS)
def test_models(zoo: ZooModel) -> None:
    model = built(zoo)
    before = copy.deepcopy(model.state_dict())
    folded = fold_batch_norm(model, zoo.inputs())
    assert (norms(model), len(folded.folds)) == EXPECTED[zoo.name]
    assert norms(folded.model) == len(folded.left) == norms(model) - len(folded.folds)
    assert folded.exact_difference is not None
    assert folded.exact_difference <= 1e-12
    assert folded.difference <= 1e-4
    assert gap(model, folded.model, zoo.inputs(seed=5)) <= 1e-4
    assert all(torch.equal(before[key], value) for key, value in model.state_dict().items())


class After(nn.Module):
    """A norm, then a layer; the other order is in every model above."""

    def __init__(self, layer: nn.Module, norm: nn.Module) -> None:
        super().__init__()
        self.layer, self.norm = layer, norm  # registered in an order that says nothing

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layer(self.norm(x))


X = torch.randn(4, 6, 8, 8, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize(
    "layer",
    [
        nn.Conv2d(6, 4, 3), nn.Conv2d(6, 4, 3, bias=False, groups=2, stride=2, dilation=2),
        nn.Conv2d(6, 4, 3, padding="valid"), nn.ConvTranspose2d(6, 4, 1, groups=2),
    ],
    ids=str,
)  # fmt: skip
def test_into_the_layer_after_it(layer: nn.Module) -> None:
    folded = fold_batch_norm(trained(After(layer, nn.BatchNorm2d(6, eps=0.1))), X)
    assert [fold.side for fold in folded.folds] == ["after"]
    assert folded.exact_difference is not None
    assert folded.exact_difference <= 1e-12


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (nn.Conv2d(6, 4, 3, padding=1), "'layer', which comes after it, pads with zeros"),
        (nn.Conv2d(6, 4, 3, padding="same"), "'layer', which comes after it, pads with zeros"),
        (nn.ConvTranspose2d(6, 4, 2), "'layer', which comes after it, overlaps its kernels"),
        (nn.Linear(8, 4), "its channels are not those of 'layer'"),
        (nn.utils.parametrizations.weight_norm(nn.Conv2d(6, 4, 1)), "no module with a weight of its own"),
        (nn.ReLU(), "no layer's output goes straight into it"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_left_after(layer: nn.Module, reason: str) -> None:
    folded = fold_batch_norm(After(layer, nn.BatchNorm2d(6)), X)
    assert not folded.folds
    assert reason in folded.left[0].reason
    assert folded.difference == 0.0


class Pair(nn.Module):
    def __init__(self, norm: Optional[nn.Module] = None, how: str = "plain") -> None:
        super().__init__()
        self.how, self.c, self.n = how, nn.Conv2d(6, 6, 1), norm or nn.BatchNorm2d(6)
        self.n2 = nn.BatchNorm2d(6)
        self.kept: list[torch.Tensor] = []

    def forward(self, x: torch.Tensor) -> Any:
        y = self.c(x)
        if self.how == "also returned":
            return self.n(y), y
        if self.how == "also added":
            return self.n(y) + y
        if self.how == "changed in place":
            return self.n(y.relu_())
        if self.how == "layer twice":
            return self.n(y) + self.n2(self.c(x * 2))
        if self.how == "norm twice":
            return self.n(y) + self.n(x)
        if self.how == "in a function of its own":
            return self.n(y) + Doubled.apply(y)
        return self.n(y)


class Doubled(torch.autograd.Function):
    @staticmethod
    def forward(_: Any, x: torch.Tensor) -> torch.Tensor:
        return x * 2

    @staticmethod
    def backward(_: Any, grad: torch.Tensor) -> torch.Tensor:
        return grad * 2


class Activated(nn.BatchNorm2d):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x).relu()


class AlwaysLearning(nn.BatchNorm2d):
    def train(self, _: bool = True) -> nn.Module:
        return super().train(True)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (Pair(how="also returned"), "the output of 'c' is used elsewhere too"),
        (Pair(how="also added"), "the output of 'c' is used elsewhere too"),
        (Pair(how="changed in place"), "the output of 'c' is used elsewhere too"),
        (Pair(how="in a function of its own"), "the output of 'c' is used elsewhere too"),
        (Pair(how="layer twice"), "'c' is shared: called 2 times"),
        (Pair(how="norm twice"), "it is called 2 times"),
        (Pair(nn.BatchNorm2d(6, track_running_stats=False)), "it has no running statistics"),
        (Pair(Activated(6)), "Activated has a forward of its own"),
        (Pair(AlwaysLearning(6)), "it uses the mean of each batch in evaluation mode too"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.how,
)
def test_left(model: Pair, reason: str) -> None:
    folded = fold_batch_norm(model, X)
    assert "n" not in {fold.norm for fold in folded.folds}
    assert reason in {left.norm: left.reason for left in folded.left}["n"]


def test_weights_that_overflow_are_refused() -> None:
    model = nn.Sequential(nn.Conv2d(6, 4, 1), nn.BatchNorm2d(4)).half()
    nn.init.constant_(model[0].weight, 2000.0)
    nn.init.constant_(model[1].running_var, 1e-4)
    with pytest.raises(ToolError, match=r"a folded weight overflows torch\.float16"):
        fold_batch_norm(model, 1e-4 * X.half())


def test_tied_weights_stay() -> None:
    model = nn.Sequential(nn.Linear(6, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 6))
    model[3].weight = model[0].weight
    folded = fold_batch_norm(model, torch.randn(4, 6))
    assert "is shared with another layer" in folded.left[0].reason


class Masked(nn.Module):
    """Its buffer is expanded: several of its elements are one place in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.c, self.n = nn.Conv2d(6, 4, 1), nn.BatchNorm2d(4)
        self.register_buffer("mask", torch.ones(1, dtype=torch.bool).expand(1, 1, 8, 8), persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.n(self.c(x)) * self.mask


class Positions(nn.Module):
    """It makes a table for the size of its first input and keeps it as a buffer."""

    def __init__(self) -> None:
        super().__init__()
        self.c, self.n = nn.Conv2d(6, 4, 1), nn.BatchNorm2d(4)
        self.register_buffer("table", torch.zeros(1, 1, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.table.shape[-1] != x.shape[-1]:
            self.table = torch.arange(float(x.shape[-1])).view(1, 1, 1, -1).to(x)
        return self.n(self.c(x)) + self.table


@pytest.mark.parametrize("model", [Positions, Masked])
def test_models_with_unusual_buffers(model: Any) -> None:
    folded = fold_batch_norm(trained(model()), X)
    assert len(folded.folds) == 1
    assert folded.exact_difference is not None
    assert folded.exact_difference <= 1e-12


def test_chains_fold_one_after_the_other() -> None:
    model = trained(nn.Sequential(nn.Conv2d(6, 6, 1), nn.BatchNorm2d(6), nn.BatchNorm2d(6, affine=False)))
    folded = fold_batch_norm(model, X)
    assert len(folded.folds) == 2
    assert not folded.left
    assert folded.exact_difference is not None
    assert folded.exact_difference <= 1e-12


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_dtypes(dtype: torch.dtype) -> None:
    model = trained(nn.Sequential(nn.Conv2d(6, 6, 1, bias=False), nn.BatchNorm2d(6))).to(dtype)
    folded = fold_batch_norm(model, X.to(dtype))
    assert folded.model[0].bias is not None
    assert folded.model[0].bias.dtype == dtype
    assert folded.exact_difference is not None
    assert folded.exact_difference <= 1e-12
    assert folded.difference <= (1e-12 if dtype == torch.float64 else 0.1)


def test_what_stays_needs_nothing_of_this_tool() -> None:
    model = nn.Sequential(nn.Conv2d(6, 4, 1), nn.ReLU(), nn.SyncBatchNorm(4)).eval()
    folded = fold_batch_norm(model, X).model
    assert type(folded[2]) is nn.SyncBatchNorm
    torch.testing.assert_close(folded(X), model(X))


# What PyTorch's own tools do with the same models.


def fx_result(model: nn.Module, x: torch.Tensor) -> tuple[str, int, float]:
    """How ``torch.fx.experimental.optimization.fuse`` fares: word, norms left, difference."""
    try:
        fused = fuse(copy.deepcopy(model))
    except Exception as error:
        return type(error).__name__, norms(model), 0.0
    left = norms(fused)
    return ("wrong" if gap(model, fused, x) > 1e-3 else "ok"), left, gap(model, fused, x)


# Of the models of the zoo: the norms that fx leaves, where that is not what we leave.  It knows no transposed
# convolutions; and it folds a head that only training runs, which no run in evaluation mode can check.
FX_LEAVES = {"UNet3d": 1, "Generator": 2, "Inception": 0}


@pytest.mark.parametrize("zoo", MODELS, ids=IDS)
def test_against_fx_fuse(zoo: ZooModel) -> None:
    model, x = built(zoo), zoo.inputs()
    ours = norms(fold_batch_norm(model, x).model)
    word, left, _ = fx_result(model, x)
    assert word == "ok"
    assert left == FX_LEAVES.get(zoo.name, ours)


class ControlFlow(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.c, self.n = nn.Conv2d(6, 6, 1), nn.BatchNorm2d(6)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.n(self.c(x)) if x.sum() > -1e9 else x


class BeforeTheLayer(nn.Sequential):
    def __init__(self) -> None:
        super().__init__(nn.BatchNorm2d(6), nn.Conv2d(6, 4, 1))


def test_fx_cannot_trace_control_flow() -> None:
    assert fx_result(ControlFlow(), X)[0] == "TraceError"
    assert len(fold_batch_norm(ControlFlow(), X).folds) == 1


class SharedLayer(nn.Module):
    """One convolution before two norms: no one set of weights can take in both."""

    def __init__(self) -> None:
        super().__init__()
        self.c, self.n1, self.n2 = nn.Conv2d(6, 6, 1), nn.BatchNorm2d(6), nn.BatchNorm2d(6)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.n1(self.c(x)) + self.n2(self.c(x * 2))


class Tokens(nn.Sequential):
    """The channels of this norm are the six tokens, not the six features of the layer."""

    def __init__(self) -> None:
        super().__init__(nn.Linear(6, 6), nn.BatchNorm1d(6))


@pytest.mark.parametrize(
    ("model", "x"), [(SharedLayer(), X), (Tokens(), X[:, :, :6, 0])], ids=["shared layer", "tokens"]
)
def test_fx_returns_another_function_without_a_word(model: nn.Module, x: torch.Tensor) -> None:
    assert fx_result(trained(model).eval(), x)[0] == "wrong"
    assert not fold_batch_norm(model, x).folds


def test_fx_leaves_a_norm_before_its_layer() -> None:
    model = trained(BeforeTheLayer())
    assert fx_result(model, X)[:2] == ("ok", 1)
    assert len(fold_batch_norm(model, X).folds) == 1


def test_fusion_of_grouped_transposed_convolutions_fails_in_torch() -> None:
    model = trained(nn.Sequential(nn.ConvTranspose2d(6, 4, 2, groups=2), nn.BatchNorm2d(4))).eval()
    with pytest.raises(RuntimeError):
        fuse_conv_bn_eval(model[0], model[1], transpose=True)
    assert gap(model, fold_batch_norm(model, X).model, X) < 1e-5


def test_fusion_of_linear_layers_without_gain_fails_in_torch() -> None:
    model = trained(nn.Sequential(nn.Linear(6, 4), nn.BatchNorm1d(4, affine=False))).eval()
    with pytest.raises((TypeError, AttributeError)):
        fuse_linear_bn_eval(model[0], model[1])
    assert fold_batch_norm(model, X[:, :, 0, 0]).difference < 1e-5


def test_fusion_agrees_where_it_works() -> None:
    model = trained(nn.Sequential(nn.Conv2d(6, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4))).eval()
    theirs, ours = fuse_conv_bn_eval(model[0], model[1]), fold_batch_norm(model, X).model[0]
    torch.testing.assert_close(ours.weight, theirs.weight)
    torch.testing.assert_close(ours.bias, theirs.bias)
