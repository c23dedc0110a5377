# run: Net, (2, 3, 64)

import torch
from torch import nn


class Net(nn.Module):
    # However many sizes there are, the third branch has one.
    def __init__(self, seconds=(0.5, 0.25, 0.125), rate=32, strides=(1, 2, 2, 2)):
        super().__init__()
        self.sizes = tuple(int(rate * s) + 1 for s in seconds)
        self.a = nn.Sequential(nn.Conv1d(3, 8, self.sizes[0], padding="same"), nn.BatchNorm1d(8))  # expect: CB101
        self.b = nn.Sequential(nn.Conv1d(3, 8, self.sizes[1], padding="same"), nn.BatchNorm1d(8))  # expect: CB101
        self.c = nn.Sequential(nn.Conv1d(3, 8, self.sizes[2], padding="same"), nn.BatchNorm1d(8))  # expect: CB101
        self.d = nn.Conv1d(24, 8, 3, strides[-3])  # expect: CB101
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        x = torch.cat([self.a(x), self.b(x), self.c(x)], dim=1).relu()
        return self.norm(self.d(x)).relu()
# output
import torch
from torch import nn


class Net(nn.Module):
    # However many sizes there are, the third branch has one.
    def __init__(self, seconds=(0.5, 0.25, 0.125), rate=32, strides=(1, 2, 2, 2)):
        super().__init__()
        self.sizes = tuple(int(rate * s) + 1 for s in seconds)
        self.a = nn.Sequential(nn.Conv1d(3, 8, self.sizes[0], padding="same", bias=False), nn.BatchNorm1d(8))
        self.b = nn.Sequential(nn.Conv1d(3, 8, self.sizes[1], padding="same", bias=False), nn.BatchNorm1d(8))
        self.c = nn.Sequential(nn.Conv1d(3, 8, self.sizes[2], padding="same", bias=False), nn.BatchNorm1d(8))
        self.d = nn.Conv1d(24, 8, 3, strides[-3], bias=False)
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        x = torch.cat([self.a(x), self.b(x), self.c(x)], dim=1).relu()
        return self.norm(self.d(x)).relu()
