# run: Net, (2, 3, 8, 8)
# run: Other, (2, 3, 8, 8)

"""A global name that stands for something else than what it is bound to."""

from torch import nn

Norm = nn.BatchNorm2d
globals()["Norm"] = nn.Identity


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Norm(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
"""A global name that stands for something else than what it is bound to."""

from torch import nn

Norm = nn.BatchNorm2d
globals()["Norm"] = nn.Identity


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Norm(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
