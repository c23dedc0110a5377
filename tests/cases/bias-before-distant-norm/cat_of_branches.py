# run: Pyramid, (2, 3, 8, 8)

import torch
from torch import nn


class Pyramid(nn.Module):
    def __init__(self):
        super().__init__()
        self.branches = nn.ModuleList(
            nn.Conv2d(3, 2, 3, padding=rate, dilation=rate) for rate in (1, 2, 3)  # expect: CB104
        )
        self.norm = nn.BatchNorm2d(6)

    def forward(self, x):
        return self.norm(torch.cat([branch(x) for branch in self.branches], dim=1)).relu()
# output
import torch
from torch import nn


class Pyramid(nn.Module):
    def __init__(self):
        super().__init__()
        self.branches = nn.ModuleList(
            nn.Conv2d(3, 2, 3, padding=rate, dilation=rate, bias=False) for rate in (1, 2, 3)
        )
        self.norm = nn.BatchNorm2d(6)

    def forward(self, x):
        return self.norm(torch.cat([branch(x) for branch in self.branches], dim=1)).relu()
