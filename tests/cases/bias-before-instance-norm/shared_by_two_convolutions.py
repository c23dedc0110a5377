# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # An instance norm keeps no statistics: each call subtracts its own mean, always.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)  # expect: CB103
        self.b = nn.Conv2d(3, 4, 3)  # expect: CB103
        self.norm = nn.InstanceNorm2d(4)

    def forward(self, x):
        return self.norm(self.a(x)).relu() + self.norm(self.b(x)).relu()
# output
from torch import nn


class Net(nn.Module):
    # An instance norm keeps no statistics: each call subtracts its own mean, always.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3, bias=False)
        self.b = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.InstanceNorm2d(4)

    def forward(self, x):
        return self.norm(self.a(x)).relu() + self.norm(self.b(x)).relu()
