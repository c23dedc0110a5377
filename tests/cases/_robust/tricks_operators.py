# run: Named, (2, 3, 8, 8)
# run: Called, (2, 3, 8, 8)
# run: Item, (2, 3, 8, 8)
# run: Hidden, (2, 3, 8, 8)
# run: Reduced, (2, 3, 8, 8)

"""Layers reached by way of the module `operator`; of all these the last model's biases are redundant."""

import functools
import operator
from operator import attrgetter, methodcaller

from torch import nn


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + attrgetter("conv")(self)(x)


class Called(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + methodcaller("conv", x)(self)


class Item(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + operator.getitem(list(self.children()), 0)(x)


class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + __import__("operator").attrgetter("conv")(self)(x)


class Reduced(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 8, 1)  # expect: CB104
        self.other = nn.Conv2d(3, 8, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return attrgetter("norm")(self)(functools.reduce(operator.add, [self.one(x), self.other(x)]))


# output
"""Layers reached by way of the module `operator`; of all these the last model's biases are redundant."""

import functools
import operator
from operator import attrgetter, methodcaller

from torch import nn


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + attrgetter("conv")(self)(x)


class Called(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + methodcaller("conv", x)(self)


class Item(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + operator.getitem(list(self.children()), 0)(x)


class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + __import__("operator").attrgetter("conv")(self)(x)


class Reduced(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 8, 1, bias=False)
        self.other = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return attrgetter("norm")(self)(functools.reduce(operator.add, [self.one(x), self.other(x)]))


