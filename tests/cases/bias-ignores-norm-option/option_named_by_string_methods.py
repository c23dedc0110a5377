# run: Unit(3, 4), (2, 3, 8, 8)
# run: Unit(3, 4, "NONE"), (2, 3, 8, 8)

from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout, norm="BN"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        self.norm = nn.BatchNorm2d(cout) if norm.lower() == "bn" else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout, norm="BN"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=norm != "BN")
        self.norm = nn.BatchNorm2d(cout) if norm.lower() == "bn" else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
