"""An argument that hands a bias on and decides something else, too, is none to switch off."""

import torch.nn as nn


class Block(nn.Module):
    def __init__(self, plain=False):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, bias=plain)
        self.norm = nn.Identity() if plain else nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class WithBias(nn.Module):
    def __init__(self, bias=True):
        super().__init__()
        self.use_bias = bias
        self.conv = nn.Conv2d(8, 8, 1, bias=bias)  # expect: CB101 unsafe
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if not self.use_bias:
            x = self.act(x)
        return x


class Stored(nn.Module):
    def __init__(self, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, bias=bias)  # expect: CB101 unsafe
        self.has_bias = bias
        if bias:
            nn.init.zeros_(self.conv.bias)

    def forward(self, x):
        return self.conv(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Block(plain=True)
        self.norm1 = nn.BatchNorm2d(8)
        self.second = WithBias()
        self.norm2 = nn.BatchNorm2d(8)
        self.third = Stored()
        self.norm3 = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.norm1(self.first(x)).relu()
        x = self.norm2(self.second(x)).relu()
        return self.norm3(self.third(x)).relu()
# output
"""An argument that hands a bias on and decides something else, too, is none to switch off."""

import torch.nn as nn


class Block(nn.Module):
    def __init__(self, plain=False):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, bias=plain)
        self.norm = nn.Identity() if plain else nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class WithBias(nn.Module):
    def __init__(self, bias=True):
        super().__init__()
        self.use_bias = bias
        self.conv = nn.Conv2d(8, 8, 1, bias=False)
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if not self.use_bias:
            x = self.act(x)
        return x


class Stored(nn.Module):
    def __init__(self, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, bias=False)
        self.has_bias = bias
        if bias:
            if self.conv.bias is not None:
                nn.init.zeros_(self.conv.bias)

    def forward(self, x):
        return self.conv(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Block(plain=True)
        self.norm1 = nn.BatchNorm2d(8)
        self.second = WithBias()
        self.norm2 = nn.BatchNorm2d(8)
        self.third = Stored()
        self.norm3 = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.norm1(self.first(x)).relu()
        x = self.norm2(self.second(x)).relu()
        return self.norm3(self.third(x)).relu()
