# run: Unit(3, 8), (2, 3, 8, 8)
# run: Unit(3, 2), (2, 3, 8, 8)

from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        self.norm = nn.BatchNorm2d(cout) if cout > 4 else None

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x.relu()
# output
from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=cout <= 4)
        self.norm = nn.BatchNorm2d(cout) if cout > 4 else None

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x.relu()
