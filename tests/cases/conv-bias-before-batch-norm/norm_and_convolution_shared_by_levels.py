# run: Net, (2, 3, 8, 8), (2, 3, 6, 6)

from torch import nn


class Net(nn.Module):
    # Every call of the norm has the same bias in it: its running mean follows.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)

    def forward(self, large, small):
        return [self.norm(self.conv(x)).relu() for x in (large, small)]
# output
from torch import nn


class Net(nn.Module):
    # Every call of the norm has the same bias in it: its running mean follows.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, large, small):
        return [self.norm(self.conv(x)).relu() for x in (large, small)]
