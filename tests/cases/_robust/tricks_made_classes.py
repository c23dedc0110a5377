# run: Net, (2, 3, 8, 8)
# run: Base, (2, 3, 8, 8)
# run: Normed, (2, 3, 8, 8)
# run: Alone, (2, 3, 8, 8)

"""A class that a call makes runs the layers of its base; a layer of the module belongs to two models."""

from torch import nn


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # silent: `Net` runs it without the norm
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


def without_norm(base):
    class Made(base):
        def forward(self, x):
            return self.conv(x).relu()

    return Made


Net = without_norm(Base)

shared = nn.Conv2d(3, 8, 1)  # silent: `Alone` runs it without the norm


class Normed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = shared
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Alone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = shared

    def forward(self, x):
        return self.conv(x)
