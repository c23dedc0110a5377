from torch import nn

from .norms import FastNorm


class Asked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        if FastNorm is not None:
            self.norm = nn.BatchNorm2d(8)
        else:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Picked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = (nn.BatchNorm2d if FastNorm else nn.Identity)(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Either(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = (nn.BatchNorm2d if FastNorm else nn.InstanceNorm2d)(8)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
from torch import nn

from .norms import FastNorm


class Asked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        if FastNorm is not None:
            self.norm = nn.BatchNorm2d(8)
        else:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Picked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = (nn.BatchNorm2d if FastNorm else nn.Identity)(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Either(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = (nn.BatchNorm2d if FastNorm else nn.InstanceNorm2d)(8)

    def forward(self, x):
        return self.norm(self.conv(x))
