# run: Cell(), (2, 4, 8, 8)
# run: OPS["bare"](4, 1), (2, 4, 8, 8)
# run: OPS["separable"](4, 1), (2, 4, 8, 8)
# run: OPS["conv"](4, 1), (2, 4, 8, 8)

"""Operations of a cell are picked from a table by the names of a genotype."""

from collections import namedtuple

import torch
from torch import nn

OPS = {
    "none": lambda width, stride: nn.Identity(),
    "pool": lambda width, stride: nn.AvgPool2d(3, stride=stride, padding=1, count_include_pad=False),
    "separable": lambda width, stride: Separable(width, stride),
    "conv": lambda width, stride: nn.Sequential(
        nn.ReLU(inplace=False),
        nn.Conv2d(width, width, 1, stride=stride),  # expect: CB101
        nn.BatchNorm2d(width),
    ),
    "bare": lambda width, stride: nn.Sequential(nn.Conv2d(width, width, 1, stride=stride), nn.ReLU()),
}
Genotype = namedtuple("Genotype", "normal concat")
BEST = Genotype(normal=[("separable", 0), ("conv", 0), ("pool", 1)], concat=[1, 2, 3])


class Separable(nn.Module):
    def __init__(self, width, stride):
        super().__init__()
        self.op = nn.Sequential(
            nn.ReLU(inplace=False),
            nn.Conv2d(width, width, 3, stride, 1, groups=width),  # expect: CB104
            nn.Conv2d(width, width, 1),  # expect: CB101
            nn.BatchNorm2d(width),
        )

    def forward(self, x):
        return self.op(x)


class Cell(nn.Module):
    def __init__(self, genotype=BEST, width=4):
        super().__init__()
        names, self.indices = zip(*genotype.normal)
        self.concat = genotype.concat
        self.ops = nn.ModuleList()
        for name in names:
            self.ops += [OPS[name](width, 1)]

    def forward(self, x):
        states = [x]
        for op, index in zip(self.ops, self.indices):
            states.append(op(states[index]))
        return torch.cat([states[index] for index in self.concat], dim=1)


# output
"""Operations of a cell are picked from a table by the names of a genotype."""

from collections import namedtuple

import torch
from torch import nn

OPS = {
    "none": lambda width, stride: nn.Identity(),
    "pool": lambda width, stride: nn.AvgPool2d(3, stride=stride, padding=1, count_include_pad=False),
    "separable": lambda width, stride: Separable(width, stride),
    "conv": lambda width, stride: nn.Sequential(
        nn.ReLU(inplace=False),
        nn.Conv2d(width, width, 1, stride=stride, bias=False),
        nn.BatchNorm2d(width),
    ),
    "bare": lambda width, stride: nn.Sequential(nn.Conv2d(width, width, 1, stride=stride), nn.ReLU()),
}
Genotype = namedtuple("Genotype", "normal concat")
BEST = Genotype(normal=[("separable", 0), ("conv", 0), ("pool", 1)], concat=[1, 2, 3])


class Separable(nn.Module):
    def __init__(self, width, stride):
        super().__init__()
        self.op = nn.Sequential(
            nn.ReLU(inplace=False),
            nn.Conv2d(width, width, 3, stride, 1, groups=width, bias=False),
            nn.Conv2d(width, width, 1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x):
        return self.op(x)


class Cell(nn.Module):
    def __init__(self, genotype=BEST, width=4):
        super().__init__()
        names, self.indices = zip(*genotype.normal)
        self.concat = genotype.concat
        self.ops = nn.ModuleList()
        for name in names:
            self.ops += [OPS[name](width, 1)]

    def forward(self, x):
        states = [x]
        for op, index in zip(self.ops, self.indices):
            states.append(op(states[index]))
        return torch.cat([states[index] for index in self.concat], dim=1)


