# run: Unit(3, 8), (2, 3, 8, 8)
# run: Unit(3, 8, last=True), (2, 3, 8, 8)
# run: Unit(3, 8, norm=False), (2, 3, 8, 8)

from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout, norm=True, last=False):
        super().__init__()
        layers = [nn.Conv2d(cin, cout, 3)]  # expect: CB105
        if norm and not last:
            layers.append(nn.BatchNorm2d(cout))
        if not last:
            layers.append(nn.ReLU())
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)
# output
from torch import nn


class Unit(nn.Module):
    def __init__(self, cin, cout, norm=True, last=False):
        super().__init__()
        layers = [nn.Conv2d(cin, cout, 3, bias=last or not norm)]
        if norm and not last:
            layers.append(nn.BatchNorm2d(cout))
        if not last:
            layers.append(nn.ReLU())
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)
