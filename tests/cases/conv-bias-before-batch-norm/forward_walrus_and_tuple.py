# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_a, self.conv_b = nn.Conv2d(3, 4, 3), nn.Conv2d(3, 4, 3)  # expect: CB101, CB101
        self.bn_a, self.bn_b = nn.BatchNorm2d(4), nn.BatchNorm2d(4)

    def forward(self, x):
        a, b = self.conv_a(x), self.conv_b(x)
        a, b = self.bn_a(a), self.bn_b(b)
        if (size := a.shape[-1]) > 3:
            return a * b / size
        return a + b.tanh()
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_a, self.conv_b = nn.Conv2d(3, 4, 3, bias=False), nn.Conv2d(3, 4, 3, bias=False)
        self.bn_a, self.bn_b = nn.BatchNorm2d(4), nn.BatchNorm2d(4)

    def forward(self, x):
        a, b = self.conv_a(x), self.conv_b(x)
        a, b = self.bn_a(a), self.bn_b(b)
        if (size := a.shape[-1]) > 3:
            return a * b / size
        return a + b.tanh()
