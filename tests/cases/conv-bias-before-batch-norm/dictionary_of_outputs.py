# run: Multi, (2, 3, 8, 8)

from torch import nn


class Multi(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)
        self.other = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        parts = {"a": self.conv(x), "b": self.other(x)}
        parts["a"] = self.norm(parts["a"])
        return parts
# output
from torch import nn


class Multi(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.other = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        parts = {"a": self.conv(x), "b": self.other(x)}
        parts["a"] = self.norm(parts["a"])
        return parts
