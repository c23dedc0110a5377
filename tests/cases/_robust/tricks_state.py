# run: Plain, (2, 3, 8, 8)

"""What a model does depends on what it, or its user, did before: only the last is the same each time."""

import torch.nn.functional as F
from torch import nn


class OnlyFirst(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.first = True

    def forward(self, x):
        y = self.conv(x)
        if self.first:
            self.first = False
            return self.norm(y)
        return y


class Warm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.step = 0

    def forward(self, x):
        y = self.conv(x)
        self.step += 1
        return y if self.step > 100 else self.norm(y)


class Cached(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.cache = None

    def forward(self, x):
        y = self.conv(x)
        if self.cache is not None:
            return y
        self.cache = y.shape
        return self.norm(y)


class Dropped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.rate = 0.0

    def set_rate(self, rate):
        self.rate = rate

    def forward(self, x):
        return self.norm(F.dropout(self.conv(x), self.rate))


class Switched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.skip_norm = False

    def forward(self, x):
        y = self.conv(x)
        return y if self.skip_norm else self.norm(y)


def main():
    model = Switched()
    model.skip_norm = True
    return model


class Changed(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Adding()

    def forward(self, x):
        x = x * 1
        y = self.block(x)
        return y + x


class Adding(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x += self.conv(x)
        return self.norm(x)


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)
        self.size = None

    def forward(self, x):
        if self.size is None:
            self.size = x.shape
        return self.norm(self.conv(x))
# output
"""What a model does depends on what it, or its user, did before: only the last is the same each time."""

import torch.nn.functional as F
from torch import nn


class OnlyFirst(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.first = True

    def forward(self, x):
        y = self.conv(x)
        if self.first:
            self.first = False
            return self.norm(y)
        return y


class Warm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.step = 0

    def forward(self, x):
        y = self.conv(x)
        self.step += 1
        return y if self.step > 100 else self.norm(y)


class Cached(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.cache = None

    def forward(self, x):
        y = self.conv(x)
        if self.cache is not None:
            return y
        self.cache = y.shape
        return self.norm(y)


class Dropped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.rate = 0.0

    def set_rate(self, rate):
        self.rate = rate

    def forward(self, x):
        return self.norm(F.dropout(self.conv(x), self.rate))


class Switched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.skip_norm = False

    def forward(self, x):
        y = self.conv(x)
        return y if self.skip_norm else self.norm(y)


def main():
    model = Switched()
    model.skip_norm = True
    return model


class Changed(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Adding()

    def forward(self, x):
        x = x * 1
        y = self.block(x)
        return y + x


class Adding(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x += self.conv(x)
        return self.norm(x)


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.size = None

    def forward(self, x):
        if self.size is None:
            self.size = x.shape
        return self.norm(self.conv(x))
