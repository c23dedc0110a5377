# run: Net(True, False), (2, 3, 8, 8)
# run: Net(False, True), (2, 3, 8, 8)
# run: Net(False, False), (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    norm = None

    def __init__(self, batch, grouped):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        if batch:
            self.norm = nn.BatchNorm2d(8)
        elif grouped:
            self.norm = nn.GroupNorm(2, 8)

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x.relu()
# output
from torch import nn


class Net(nn.Module):
    norm = None

    def __init__(self, batch, grouped):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=not batch)
        if batch:
            self.norm = nn.BatchNorm2d(8)
        elif grouped:
            self.norm = nn.GroupNorm(2, 8)

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x.relu()
