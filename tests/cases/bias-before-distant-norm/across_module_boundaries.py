# run: Net, (2, 3, 8, 8)

from torch import nn


class Stem(nn.Module):
    # Its own forward returns what the convolution gives; the only one that builds it puts a norm behind.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101 unsafe

    def forward(self, x):
        return self.conv(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Stem()
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.stem(x)).relu()
# output
from torch import nn


class Stem(nn.Module):
    # Its own forward returns what the convolution gives; the only one that builds it puts a norm behind.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)

    def forward(self, x):
        return self.conv(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Stem()
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.stem(x)).relu()
