# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # The norm is given the other one.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        a, b = self.a(x), self.b(x)
        a, b = b, a
        return self.norm(a), b
# output
from torch import nn


class Net(nn.Module):
    # The norm is given the other one.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        a, b = self.a(x), self.b(x)
        a, b = b, a
        return self.norm(a), b
