# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential()
        self.net.add_module("conv", nn.Conv2d(3, 8, 3))  # expect: CB101
        self.net.add_module("norm", nn.BatchNorm2d(8))
        self.net.add_module("relu", nn.ReLU())
        self.net.add_module("score", nn.Conv2d(8, 2, 1))

    def forward(self, x):
        return self.net(x)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential()
        self.net.add_module("conv", nn.Conv2d(3, 8, 3, bias=False))
        self.net.add_module("norm", nn.BatchNorm2d(8))
        self.net.add_module("relu", nn.ReLU())
        self.net.add_module("score", nn.Conv2d(8, 2, 1))

    def forward(self, x):
        return self.net(x)
