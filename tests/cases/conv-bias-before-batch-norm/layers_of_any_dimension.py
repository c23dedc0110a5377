# run: Net(2), (2, 1, 16, 16)
# run: Net(3), (2, 1, 8, 8, 8)
# run: Mixed(2, 3), (2, 1, 8, 8)

"""Layers whose names hold the number of dimensions, however that is written."""

import torch
from torch import nn


def norm_of(dim):
    return getattr(nn, "BatchNorm{}d".format(dim))


class Net(nn.Module):
    def __init__(self, dim, width=4):
        super().__init__()
        conv = getattr(nn, f"Conv{dim}d")
        pool = getattr(nn, "MaxPool{0}d".format(dim))
        deconv = getattr(nn, "ConvTranspose%dd" % dim)
        self.first = nn.Sequential(conv(1, width, 3, padding=1), norm_of(dim)(width), nn.ReLU())  # expect: CB101
        self.other = nn.Sequential(pool(2), conv(width, 8, 3, padding=1), norm_of(dim)(8), nn.ReLU())  # expect: CB101
        self.up = nn.Sequential(deconv(8, width, 2, stride=2), norm_of(dim)(width), nn.ReLU())  # expect: CB101
        self.last = conv(2 * width, 2, 1)

    def forward(self, x):
        first = self.first(x)
        return self.last(torch.cat([first, self.up(self.other(first))], 1))


class Mixed(nn.Module):
    def __init__(self, dim, width):
        super().__init__()
        self.conv = getattr(nn, f"Conv{dim}d")(1, width, 1)
        self.norm = getattr(nn, f"BatchNorm{dim}d" if width == 4 else "Identity")(width)

    def forward(self, x):
        return self.norm(self.conv(x))


# output
"""Layers whose names hold the number of dimensions, however that is written."""

import torch
from torch import nn


def norm_of(dim):
    return getattr(nn, "BatchNorm{}d".format(dim))


class Net(nn.Module):
    def __init__(self, dim, width=4):
        super().__init__()
        conv = getattr(nn, f"Conv{dim}d")
        pool = getattr(nn, "MaxPool{0}d".format(dim))
        deconv = getattr(nn, "ConvTranspose%dd" % dim)
        self.first = nn.Sequential(conv(1, width, 3, padding=1, bias=False), norm_of(dim)(width), nn.ReLU())
        self.other = nn.Sequential(pool(2), conv(width, 8, 3, padding=1, bias=False), norm_of(dim)(8), nn.ReLU())
        self.up = nn.Sequential(deconv(8, width, 2, stride=2, bias=False), norm_of(dim)(width), nn.ReLU())
        self.last = conv(2 * width, 2, 1)

    def forward(self, x):
        first = self.first(x)
        return self.last(torch.cat([first, self.up(self.other(first))], 1))


class Mixed(nn.Module):
    def __init__(self, dim, width):
        super().__init__()
        self.conv = getattr(nn, f"Conv{dim}d")(1, width, 1)
        self.norm = getattr(nn, f"BatchNorm{dim}d" if width == 4 else "Identity")(width)

    def forward(self, x):
        return self.norm(self.conv(x))


