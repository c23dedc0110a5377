# run: Hourglass(2, 4), (2, 4, 8, 8)

import torch.nn as nn
import torch.nn.functional as F


class Unit(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(c)
        self.conv1 = nn.Conv2d(c, c // 2, 1)  # expect: CB101
        self.bn2 = nn.BatchNorm2d(c // 2)
        self.conv2 = nn.Conv2d(c // 2, c, 3, padding=1, bias=False)

    def forward(self, x):
        return x + self.conv2(self.bn2(self.conv1(self.bn1(x).relu())).relu())


class Hourglass(nn.Module):
    def __init__(self, depth, c):
        super().__init__()
        self.up = Unit(c)
        self.low1 = Unit(c)
        if depth > 1:
            self.low2 = Hourglass(depth - 1, c)
        else:
            self.low2 = Unit(c)
        self.low3 = Unit(c)

    def forward(self, x):
        low = self.low3(self.low2(self.low1(F.max_pool2d(x, 2))))
        return self.up(x) + F.interpolate(low, scale_factor=2)
# output
import torch.nn as nn
import torch.nn.functional as F


class Unit(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(c)
        self.conv1 = nn.Conv2d(c, c // 2, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c // 2)
        self.conv2 = nn.Conv2d(c // 2, c, 3, padding=1, bias=False)

    def forward(self, x):
        return x + self.conv2(self.bn2(self.conv1(self.bn1(x).relu())).relu())


class Hourglass(nn.Module):
    def __init__(self, depth, c):
        super().__init__()
        self.up = Unit(c)
        self.low1 = Unit(c)
        if depth > 1:
            self.low2 = Hourglass(depth - 1, c)
        else:
            self.low2 = Unit(c)
        self.low3 = Unit(c)

    def forward(self, x):
        low = self.low3(self.low2(self.low1(F.max_pool2d(x, 2))))
        return self.up(x) + F.interpolate(low, scale_factor=2)
