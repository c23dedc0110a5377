# run: Unit(3, 4), (2, 3, 8, 8)
# run: Unit(3, 4, bn=0), (2, 3, 8, 8)

from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout, bn=1, drop=None):
        super().__init__()
        parts = [nn.Conv2d(cin, cout, 3)]  # expect: CB105
        if bn > 0:
            parts.append(nn.BatchNorm2d(cout))
        if drop:
            parts.append(nn.Dropout(drop))
        self.body = nn.Sequential(*parts, nn.ReLU())

    def forward(self, x):
        return self.body(x)
# output
from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout, bn=1, drop=None):
        super().__init__()
        parts = [nn.Conv2d(cin, cout, 3, bias=bn <= 0)]
        if bn > 0:
            parts.append(nn.BatchNorm2d(cout))
        if drop:
            parts.append(nn.Dropout(drop))
        self.body = nn.Sequential(*parts, nn.ReLU())

    def forward(self, x):
        return self.body(x)
