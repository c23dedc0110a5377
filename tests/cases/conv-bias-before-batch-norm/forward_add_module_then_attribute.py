# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.add_module("conv", nn.Conv2d(3, 4, 3))  # expect: CB101
        self.register_module("norm", nn.BatchNorm2d(4))

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.add_module("conv", nn.Conv2d(3, 4, 3, bias=False))
        self.register_module("norm", nn.BatchNorm2d(4))

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
