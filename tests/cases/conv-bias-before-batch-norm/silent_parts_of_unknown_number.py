# run: Returned(4), (2, 3, 6, 6)
# run: Kept(4), (2, 3, 6, 6)
# run: Joined(4), (2, 3, 6, 6)

import torch
from torch import nn


class Returned(nn.Module):
    # Into how many parts the output is cut is not known; they are handed out all the same.
    def __init__(self, width, size=2):
        super().__init__()
        self.size = size
        self.conv = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y), y.split(self.size, 1)


class Kept(nn.Module):
    def __init__(self, width, size=2):
        super().__init__()
        self.size = size
        self.conv = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.conv(x)
        self.parts = (y, 1)
        return self.norm(y) + self.parts[0].sigmoid()


class Joined(nn.Module):
    def __init__(self, width, size=2):
        super().__init__()
        self.size = size
        self.conv = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y), torch.cat(y.split(self.size, 1), 0)
