"""Classes of the framework that stand for something else in this file."""

from torch import nn

nn.BatchNorm2d = nn.Identity
setattr(nn, "InstanceNorm2d", nn.Identity)
nn.BatchNorm1d.forward = lambda self, x: x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.InstanceNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Signals(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 8, 1)
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Volumes(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm3d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
"""Classes of the framework that stand for something else in this file."""

from torch import nn

nn.BatchNorm2d = nn.Identity
setattr(nn, "InstanceNorm2d", nn.Identity)
nn.BatchNorm1d.forward = lambda self, x: x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.InstanceNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Signals(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 8, 1)
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Volumes(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm3d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
