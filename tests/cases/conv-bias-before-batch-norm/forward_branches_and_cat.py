# run: Inception(4), (2, 4, 8, 8)

import torch
from torch import nn


class Inception(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.b1 = nn.Sequential(nn.Conv2d(channels, 4, 1), nn.BatchNorm2d(4), nn.ReLU())  # expect: CB101
        self.b2_reduce = nn.Conv2d(channels, 2, 1)  # expect: CB101
        self.b2_norm = nn.BatchNorm2d(2)
        self.b2 = nn.Conv2d(2, 4, 3, padding=1)
        self.pool = nn.MaxPool2d(3, 1, 1)

    def forward(self, x):
        branches = [self.b1(x), self.b2(self.b2_norm(self.b2_reduce(x)).relu()), self.pool(x)]
        return torch.cat(branches, dim=1)
# output
import torch
from torch import nn


class Inception(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.b1 = nn.Sequential(nn.Conv2d(channels, 4, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU())
        self.b2_reduce = nn.Conv2d(channels, 2, 1, bias=False)
        self.b2_norm = nn.BatchNorm2d(2)
        self.b2 = nn.Conv2d(2, 4, 3, padding=1)
        self.pool = nn.MaxPool2d(3, 1, 1)

    def forward(self, x):
        branches = [self.b1(x), self.b2(self.b2_norm(self.b2_reduce(x)).relu()), self.pool(x)]
        return torch.cat(branches, dim=1)
