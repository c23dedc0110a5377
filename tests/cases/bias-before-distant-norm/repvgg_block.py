# run: RepBlock(4), (2, 4, 8, 8)

from torch import nn


class RepBlock(nn.Module):
    """Branches, each with its own norm, and a norm over their sum as well."""

    def __init__(self, c):
        super().__init__()
        self.dense = nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.BatchNorm2d(c))  # expect: CB101
        self.point = nn.Conv2d(c, c, 1)  # expect: CB104
        self.identity = nn.BatchNorm2d(c)
        self.norm = nn.BatchNorm2d(c)

    def forward(self, x):
        return self.norm(self.dense(x) + self.point(x) + self.identity(x)).relu()
# output
from torch import nn


class RepBlock(nn.Module):
    """Branches, each with its own norm, and a norm over their sum as well."""

    def __init__(self, c):
        super().__init__()
        self.dense = nn.Sequential(nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c))
        self.point = nn.Conv2d(c, c, 1, bias=False)
        self.identity = nn.BatchNorm2d(c)
        self.norm = nn.BatchNorm2d(c)

    def forward(self, x):
        return self.norm(self.dense(x) + self.point(x) + self.identity(x)).relu()
