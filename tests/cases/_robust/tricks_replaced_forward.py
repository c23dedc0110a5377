"""A ``forward`` that code outside of the class puts in the place of its own."""

import types

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


def plain(self, x):
    return self.conv(x).relu()


def main():
    net = Net()
    net.forward = types.MethodType(plain, net)
    return net
