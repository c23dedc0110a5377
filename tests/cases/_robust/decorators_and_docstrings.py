# run: Net, (2, 3, 8, 8)

import functools

import torch
from torch import nn


def noisy(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


class Net(nn.Module):
    """A docstring that says nn.Conv2d(3, 8, 3) and nn.BatchNorm2d(8) changes nothing.

    >>> net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
    """

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)
        self.first = nn.Conv2d(3, 3, 3)  # expect: CB101
        self.first_norm = nn.BatchNorm2d(3)

    @property
    def width(self):
        return 4

    @staticmethod
    def scale(x):
        return 2 * x

    @noisy
    def tail(self, x):
        return self.norm(self.conv(x))

    def forward(self, x):
        x = self.scale(torch.relu(self.first_norm(self.first(x))))
        return self.tail(x)
# output
import functools

import torch
from torch import nn


def noisy(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


class Net(nn.Module):
    """A docstring that says nn.Conv2d(3, 8, 3) and nn.BatchNorm2d(8) changes nothing.

    >>> net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
    """

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.first = nn.Conv2d(3, 3, 3, bias=False)
        self.first_norm = nn.BatchNorm2d(3)

    @property
    def width(self):
        return 4

    @staticmethod
    def scale(x):
        return 2 * x

    @noisy
    def tail(self, x):
        return self.norm(self.conv(x))

    def forward(self, x):
        x = self.scale(torch.relu(self.first_norm(self.first(x))))
        return self.tail(x)
