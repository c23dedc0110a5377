from torch import nn

from . import missing_module
from .two import Two, nothing_of_this_name


class One(nn.Module):
    def __init__(self):
        super().__init__()
        self.two = Two()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.two(self.norm(self.conv(x)))
# output
from torch import nn

from . import missing_module
from .two import Two, nothing_of_this_name


class One(nn.Module):
    def __init__(self):
        super().__init__()
        self.two = Two()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.two(self.norm(self.conv(x)))
