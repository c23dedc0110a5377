# run: Net, (2, 4, 8, 8)

import torch
from torch import nn


class LayerScale(nn.Module):
    # A factor for each channel keeps a constant of each channel constant.
    def __init__(self, dim):
        super().__init__()
        self.gamma = nn.Parameter(1e-5 * torch.ones(dim, 1, 1))

    def forward(self, x):
        return x * self.gamma


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3)  # expect: CB104
        self.scale = LayerScale(4)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.scale(self.conv(x)))
# output
import torch
from torch import nn


class LayerScale(nn.Module):
    # A factor for each channel keeps a constant of each channel constant.
    def __init__(self, dim):
        super().__init__()
        self.gamma = nn.Parameter(1e-5 * torch.ones(dim, 1, 1))

    def forward(self, x):
        return x * self.gamma


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, bias=False)
        self.scale = LayerScale(4)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.scale(self.conv(x)))
