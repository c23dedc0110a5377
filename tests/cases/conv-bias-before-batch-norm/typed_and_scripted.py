# run: Net, (2, 3, 8, 8)

from __future__ import annotations

from typing import Final, List, Optional

import torch
from torch import Tensor, nn


class Net(nn.Module):
    width: Final[int]
    convs: nn.ModuleList
    extra: Optional[nn.Module] = None

    def __init__(self, width: int = 4) -> None:
        super().__init__()
        self.width = width
        self.conv: nn.Conv2d = nn.Conv2d(3, width, 3)  # expect: CB101
        self.norm: nn.Module = nn.BatchNorm2d(width)

    @torch.jit.export
    def features(self, x: Tensor) -> List[Tensor]:
        y: Tensor = self.norm(self.conv(x))
        return [y, y.relu()]

    def forward(self, x: Tensor) -> Tensor:
        if not torch.jit.is_scripting():
            assert x.dim() == 4, f"expected an image, got {x.shape}"
        return self.features(x)[-1]
# output
from __future__ import annotations

from typing import Final, List, Optional

import torch
from torch import Tensor, nn


class Net(nn.Module):
    width: Final[int]
    convs: nn.ModuleList
    extra: Optional[nn.Module] = None

    def __init__(self, width: int = 4) -> None:
        super().__init__()
        self.width = width
        self.conv: nn.Conv2d = nn.Conv2d(3, width, 3, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(width)

    @torch.jit.export
    def features(self, x: Tensor) -> List[Tensor]:
        y: Tensor = self.norm(self.conv(x))
        return [y, y.relu()]

    def forward(self, x: Tensor) -> Tensor:
        if not torch.jit.is_scripting():
            assert x.dim() == 4, f"expected an image, got {x.shape}"
        return self.features(x)[-1]
