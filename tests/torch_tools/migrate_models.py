"""A small model with and without its redundant biases, as old and new code would have it."""

from __future__ import annotations

import torch
from torch import nn


class Net(nn.Module):
    """A pooled way, a way through a second convolution, a head; ``bias`` tells old code from new."""

    def __init__(self, bias: bool = False) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1, bias=bias)
        self.bn1 = nn.BatchNorm2d(6)
        self.depthwise = nn.Conv2d(6, 6, 3, groups=6, bias=bias)
        self.pointwise = nn.Conv2d(6, 8, 1, bias=bias)
        self.bn2 = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.bn1(torch.max_pool2d(self.conv1(x), 2)))
        x = torch.relu(self.bn2(self.pointwise(self.depthwise(x))))
        return self.fc(x.mean((2, 3)))


class OldNet(Net):
    def __init__(self) -> None:
        super().__init__(bias=True)


class OtherNet(nn.Sequential):
    """Not the model of any checkpoint here."""

    def __init__(self) -> None:
        super().__init__(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6))


class NeedsBias(nn.Module):
    """New code that dropped a bias which its model needs: a ReLU comes before the norm."""

    def __init__(self, bias: bool = False) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3, bias=bias)
        self.bn = nn.BatchNorm2d(6)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.bn(torch.relu(self.conv(x)))


def trained(model: nn.Module, seed: int = 0) -> nn.Module:
    """``model`` with biases and norm statistics as training leaves them: nothing is zero or one."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for module in model.modules():
            for name, tensor in [*module._parameters.items(), *module._buffers.items()]:
                if tensor is None or not tensor.is_floating_point():
                    continue
                noise = torch.randn(tensor.shape, generator=generator)
                if name == "running_var":
                    tensor.copy_(0.5 + noise.abs())
                elif name in ("bias", "running_mean"):
                    tensor.copy_(noise)
                elif tensor.dim() == 1:
                    tensor.copy_(1 + 0.3 * noise)
    return model
