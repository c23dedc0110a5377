# run: Stem().net(), (2, 3, 8, 8)
# run: Bare().net(), (2, 3, 8, 8)
# run: OPS["conv"](3)[0], (2, 3, 8, 8)

"""Classes and tables that build models, where other code takes these apart."""

from torch import nn


class Stem:
    norm = nn.BatchNorm2d

    def net(self):
        return nn.Sequential(nn.Conv2d(3, 8, 3), self.norm(8))  # silent: `Bare` has no norm


class Bare(Stem):
    norm = nn.Identity


class Keeps:
    def net(self):
        conv = nn.Conv2d(3, 8, 3)
        self.conv = conv
        return nn.Sequential(conv, nn.BatchNorm2d(8))

    def bare(self, x):
        return self.conv(x)


class Trainer:
    def __init__(self, options):
        self.model = nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3))

    def step(self, x):
        return self.model[0](x).sum()


class Collects:
    def __init__(self):
        self.outputs = []

    def run(self, x):
        y = nn.Conv2d(3, 8, 1)(x)
        self.outputs.append(y)
        return nn.BatchNorm2d(8)(y)


OPS = {"conv": lambda width: nn.Sequential(nn.Conv2d(width, width, 1), nn.BatchNorm2d(width))}


def without_norm(width, x):
    return OPS["conv"](width)[0](x)
