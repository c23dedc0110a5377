"""Norms of another width than what they get, and layers whose bias is missed before an activation."""

from __future__ import annotations

import warnings

import pytest

from convbias_lint.rules.run import check_text


def codes(text: str, code: str) -> list[tuple[int, str]]:
    """The rows and messages of the findings of one rule."""
    compile(text, "model.py", "exec")
    found = check_text(text, "model.py").findings
    return [(finding.start.row, finding.message) for finding in found if finding.code == code]


def chain(*layers: str) -> str:
    return (
        "from torch import nn\n\nnet = nn.Sequential(\n"
        + "".join(f"    {layer},\n" for layer in layers)
        + ")\n"
    )


MISFITS = [
    ("nn.Conv2d(3, 64, 3)", "nn.BatchNorm2d(32)"),
    ("nn.Conv2d(3, 64, 3, bias=False)", "nn.BatchNorm2d(num_features=32)"),
    ("nn.Conv2d(3, out_channels=64, kernel_size=3)", "nn.BatchNorm2d(32)"),
    ("nn.Conv1d(3, 64, 3)", "nn.BatchNorm1d(32)"),
    ("nn.ConvTranspose3d(3, 64, 3)", "nn.BatchNorm3d(32)"),
    ("nn.LazyConv2d(64, 3)", "nn.BatchNorm2d(32)"),
    ("nn.Conv2d(3, 64, 3)", "nn.GroupNorm(4, 32)"),
    ("nn.Conv2d(3, 64, 3)", "nn.InstanceNorm2d(32, affine=True)"),
    ("nn.Conv2d(3, 64, 3)", "nn.InstanceNorm2d(32, track_running_stats=True)"),
    ("nn.Conv2d(3, 64, 3)", "nn.MaxPool2d(2)", "nn.BatchNorm2d(32)"),
    ("nn.Conv2d(3, 64, 3)", "nn.ReLU()", "nn.BatchNorm2d(32)"),
    ("nn.Conv2d(3, 64, 3)", "nn.BatchNorm2d(64)", "nn.ReLU()", "nn.BatchNorm2d(32)"),
]


@pytest.mark.parametrize("layers", MISFITS, ids=" ".join)
def test_a_misfit_is_found_at_the_norm(layers: tuple[str, ...]) -> None:
    ((row, message),) = codes(chain(*layers), "CB202")
    assert row == 3 + len(layers)
    norm, layer = (part.partition("(")[0][3:] for part in (layers[-1], layers[0]))
    assert message == f"`{norm}` is made for 32 channels, but `{layer}` gives it 64"


@pytest.mark.parametrize("layers", MISFITS, ids=" ".join)
def test_torch_refuses_a_misfit(layers: tuple[str, ...]) -> None:
    torch = pytest.importorskip("torch")
    names: dict[str, object] = {}
    exec(chain(*layers), names)
    given = torch.zeros(2, 3, *[8] * int(layers[0].partition("d(")[0][-1]))
    warnings.simplefilter("ignore")
    with pytest.raises((RuntimeError, ValueError)):
        names["net"](given)  # type: ignore[operator]


FITS = [
    ("nn.Conv2d(3, 64, 3)", "nn.BatchNorm2d(64)"),
    ("nn.Conv2d(3, 64, 3)", "nn.InstanceNorm2d(32)"),
    ("nn.Conv2d(3, 64, 3)", "nn.LazyBatchNorm2d()"),
    ("nn.Conv2d(3, 64, 3)", "nn.PixelShuffle(2)", "nn.BatchNorm2d(16)"),
    ("nn.Conv2d(3, 64, 3)", "nn.Flatten()", "nn.BatchNorm1d(2304)"),
    ("nn.Conv2d(3, 64, 3)", "nn.Conv2d(64, 32, 3)", "nn.BatchNorm2d(32)"),
    ("nn.Conv2d(3, 64, 3)", "nn.ReLU()", "nn.Conv2d(64, 32, 3)", "nn.BatchNorm2d(32)"),
    # Over three axes, the norm's channels are the rows of the batch's items.
    ("nn.Linear(3, 64)", "nn.BatchNorm1d(32)"),
]


@pytest.mark.parametrize("layers", FITS, ids=" ".join)
def test_what_fits_is_left_alone(layers: tuple[str, ...]) -> None:
    assert codes(chain(*layers), "CB202") == []


def test_numbers_that_are_not_known_are_left_alone() -> None:
    text = """
from torch import nn

class Net(nn.Module):
    def __init__(self, width, depth=64):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)
        self.norm = nn.BatchNorm2d(depth)

    def forward(self, x):
        return self.norm(self.conv(x))
"""
    assert codes(text, "CB202") == []


def test_options_that_go_together_are_left_alone() -> None:
    text = """
from torch import nn

class Net(nn.Module):
    def __init__(self, wide=False):
        super().__init__()
        if wide:
            self.conv = nn.Conv2d(3, 128, 3)
        else:
            self.conv = nn.Conv2d(3, 64, 3)
        self.norm = nn.BatchNorm2d(128 if wide else 64)

    def forward(self, x):
        return self.norm(self.conv(x))
"""
    assert codes(text, "CB202") == []


def test_each_of_a_list_goes_with_its_own() -> None:
    text = """
from torch import nn

class Net(nn.Module):
    def __init__(self, more):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(3, 8, 3), nn.Conv2d(8, 16, 3)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(8), nn.BatchNorm2d(16)])
        self.rest = nn.ModuleList([nn.Conv2d(n, n, 3) for n in more])
        self.rest_norms = nn.ModuleList([nn.BatchNorm2d(n) for n in more])

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x)).relu()
        for i in range(len(self.rest)):
            x = self.rest_norms[i](self.rest[i](x)).relu()
        return x
"""
    assert codes(text, "CB202") == []


MISSING = [
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.ReLU()"),
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.MaxPool2d(2)", "nn.LeakyReLU(0.1)"),
    ("nn.Linear(3, 16, bias=False)", "nn.Tanh()"),
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.Identity()", "nn.GELU()"),
]


@pytest.mark.parametrize("layers", MISSING, ids=" ".join)
def test_a_missed_bias_is_found(layers: tuple[str, ...]) -> None:
    ((row, message),) = codes(chain(*layers), "CB203")
    assert row == 4
    layer, activation = (part.partition("(")[0][3:] for part in (layers[0], layers[-1]))
    assert message == f"`{layer}` has no bias, and no norm shifts its output before `{activation}`"


PRESENT = [
    ("nn.Conv2d(3, 16, 3)", "nn.ReLU()"),
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.BatchNorm2d(16)", "nn.ReLU()"),
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.InstanceNorm2d(16)", "nn.ReLU()"),
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.GroupNorm(4, 16)", "nn.ReLU()"),
    ("nn.Linear(3, 16, bias=False)", "nn.LayerNorm(16)", "nn.ReLU()"),
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.Conv2d(16, 16, 1)", "nn.ReLU()"),
    ("nn.Conv2d(3, 16, 3, bias=False)", "nn.Flatten()"),
]


@pytest.mark.parametrize("layers", PRESENT, ids=" ".join)
def test_no_bias_is_missed(layers: tuple[str, ...]) -> None:
    assert codes(chain(*layers), "CB203") == []


def test_a_missed_bias_in_forward() -> None:
    text = """
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 8, 3, bias=False)
        self.two = nn.Conv2d(8, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.three = nn.Conv2d(8, 8, 3, bias=False)

    def forward(self, x):
        x = F.relu(self.one(x))
        x = self.norm(self.two(x)).relu()
        return self.three(x) + x
"""
    assert [row for row, _ in codes(text, "CB203")] == [8]


def test_a_bias_that_the_norm_makes_superfluous_sometimes_is_not_missed() -> None:
    text = """
from torch import nn

class Block(nn.Module):
    def __init__(self, c, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, bias=False)
        self.norm = nn.BatchNorm2d(c) if norm else nn.Identity()
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))
"""
    assert codes(text, "CB203") == []
