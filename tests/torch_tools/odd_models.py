"""Models whose state dict is not simply their parameters and buffers by name; ``bias`` is as in `Net`."""

from __future__ import annotations

from typing import Any

import torch
from migrate_models import Net
from torch import nn
from torch.distributed.algorithms._checkpoint.checkpoint_wrapper import checkpoint_wrapper


class TwoNames(nn.Module):
    """Each layer is registered by itself and in a sequence: its state is stored twice."""

    def __init__(self, bias: bool = False) -> None:
        super().__init__()
        self.conv, self.bn = nn.Conv2d(3, 6, 3, bias=bias), nn.BatchNorm2d(6)
        self.layers = nn.Sequential(self.conv, self.bn, nn.ReLU())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)


class Versioned(Net):
    """It asks for the version of what it loads, as torchvision's MNASNet does."""

    _version = 2

    def _load_from_state_dict(self, state: Any, prefix: str, metadata: Any, *rest: Any) -> None:
        if metadata.get("version") != 2:
            raise ValueError(f"version {metadata.get('version')}")
        super()._load_from_state_dict(state, prefix, metadata, *rest)


class Compiled(nn.Module):
    """It compiles a part of itself: every name of that part has ``_orig_mod`` in it."""

    def __init__(self, bias: bool = False) -> None:
        super().__init__()
        self.net = torch.compile(Net(bias))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.net(x)
        return out


class Checkpointed(nn.Module):
    """Its modules have a wrapper in their names that its state dict leaves out."""

    def __init__(self, bias: bool = False) -> None:
        super().__init__()
        self.net = checkpoint_wrapper(Net(bias))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.net(x)
        return out


class Frozen(Net):
    """All but its first convolution and its head is frozen."""

    def __init__(self, bias: bool = False) -> None:
        super().__init__(bias)
        self.requires_grad_(False)
        self.conv1.requires_grad_(True)
        self.fc.requires_grad_(True)
