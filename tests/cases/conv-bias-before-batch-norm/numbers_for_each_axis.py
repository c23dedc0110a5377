# run: AsOneNumber(), (2, 8, 6, 6)
# run: AsPair(), (2, 8, 6, 6)
# run: Positional(), (2, 8, 6, 6)
# run: Pooled(), (2, 8, 6, 6)

from torch import nn


class AsOneNumber(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, stride=1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.conv.stride == 1:
            x = self.norm(x)
        return x.relu()


class AsPair(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, stride=1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.conv.stride == (1, 1) and self.conv.padding[0] == 0:
            x = self.norm(x)
        return x.relu()


class Positional(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, 2)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.conv.stride[0] == 1:
            x = self.norm(x)
        return x.relu()


class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.pool = nn.MaxPool2d(2)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.pool(self.conv(x))
        if self.pool.stride == 1:
            x = self.norm(x)
        return x.relu()
# output
from torch import nn


class AsOneNumber(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, stride=1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.conv.stride == 1:
            x = self.norm(x)
        return x.relu()


class AsPair(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, stride=1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.conv.stride == (1, 1) and self.conv.padding[0] == 0:
            x = self.norm(x)
        return x.relu()


class Positional(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, 2)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.conv.stride[0] == 1:
            x = self.norm(x)
        return x.relu()


class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.pool = nn.MaxPool2d(2)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.pool(self.conv(x))
        if self.pool.stride == 1:
            x = self.norm(x)
        return x.relu()
