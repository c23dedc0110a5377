# run: Hyper(), (2, 8, 6, 6), (8, 3, 1, 1)
# run: HyperLinear(), (2, 8), (5, 3)
# run: Scaled(), (4, 8), (8, 3)

import torch.nn.functional as F
from torch import nn


class Hyper(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, z):
        weight = self.weight(z)
        return F.conv2d(x, weight), self.norm(weight)


class HyperLinear(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Linear(3, 8)
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x, z):
        weight = self.weight(z)
        return F.linear(x, weight), self.norm(weight)


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Linear(3, 1)
        self.norm = nn.BatchNorm1d(1)

    def forward(self, x, z):
        scale = self.scale(z)
        out = F.batch_norm(x, None, None, weight=scale.flatten(), training=True)
        return out, self.norm(scale)
