# run: Net, (2, 3, 8, 8)

from collections.abc import Collection

from torch import nn


def look_up(option, supported):
    if isinstance(supported, Collection) and option in supported:
        return option
    raise ValueError(option)


class Net(nn.Module):
    def __init__(self, norm="batch"):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = nn.BatchNorm2d(8) if look_up(norm, {"batch", "none"}) == "batch" else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from collections.abc import Collection

from torch import nn


def look_up(option, supported):
    if isinstance(supported, Collection) and option in supported:
        return option
    raise ValueError(option)


class Net(nn.Module):
    def __init__(self, norm="batch"):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=norm != "batch")
        self.norm = nn.BatchNorm2d(8) if look_up(norm, {"batch", "none"}) == "batch" else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
