"""What a later star import may bring is not what an earlier one brought; names that are imported stay."""

from torch.nn import *
from torch.nn import BatchNorm3d, Conv3d, Module

from .layers import *


class Net(Module):
    def __init__(self):
        super().__init__()
        self.conv = Conv2d(3, 8, 1)
        self.norm = BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Volumes(Module):
    def __init__(self):
        super().__init__()
        self.conv = Conv3d(3, 8, 1)  # expect: CB101
        self.norm = BatchNorm3d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
"""What a later star import may bring is not what an earlier one brought; names that are imported stay."""

from torch.nn import *
from torch.nn import BatchNorm3d, Conv3d, Module

from .layers import *


class Net(Module):
    def __init__(self):
        super().__init__()
        self.conv = Conv2d(3, 8, 1)
        self.norm = BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Volumes(Module):
    def __init__(self):
        super().__init__()
        self.conv = Conv3d(3, 8, 1, bias=False)
        self.norm = BatchNorm3d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
