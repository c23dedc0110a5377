# run: Sorted(), (2, 8, 6, 6)
# run: Backwards(), (2, 8, 6, 6)
# run: ByKey(), (2, 8, 6, 6)
# run: Pairs(), (2, 8, 6, 6)

from torch import nn


class Sorted(nn.Module):
    def __init__(self):
        super().__init__()
        parts = {"conv": nn.Conv2d(8, 8, 1), "bn": nn.BatchNorm2d(8)}
        self.net = nn.Sequential(*[parts[name] for name in sorted(parts)])

    def forward(self, x):
        return self.net(x).relu()


class Backwards(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict({"bn": nn.BatchNorm2d(8), "conv": nn.Conv2d(8, 8, 1)})  # expect: CB101

    def forward(self, x):
        for name in sorted(self.parts, reverse=True):
            x = self.parts[name](x)
        return x.relu()


class ByKey(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict({"conv": nn.Conv2d(8, 8, 1), "bn": nn.BatchNorm2d(8)})

    def forward(self, x):
        for name in sorted(self.parts, key=lambda name: name[-1:]):
            x = self.parts[name](x)
        for name in sorted(self.parts, key=len):
            x = self.parts[name](x)
        return x.relu()


class Pairs(nn.Module):
    def __init__(self):
        super().__init__()
        parts = {"b": nn.BatchNorm2d(8), "a": nn.Conv2d(8, 8, 1)}  # expect: CB101
        self.net = nn.ModuleList([part for _, part in sorted(parts.items())])

    def forward(self, x):
        for part in self.net:
            x = part(x)
        return x.relu()
# output
from torch import nn


class Sorted(nn.Module):
    def __init__(self):
        super().__init__()
        parts = {"conv": nn.Conv2d(8, 8, 1), "bn": nn.BatchNorm2d(8)}
        self.net = nn.Sequential(*[parts[name] for name in sorted(parts)])

    def forward(self, x):
        return self.net(x).relu()


class Backwards(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict({"bn": nn.BatchNorm2d(8), "conv": nn.Conv2d(8, 8, 1, bias=False)})

    def forward(self, x):
        for name in sorted(self.parts, reverse=True):
            x = self.parts[name](x)
        return x.relu()


class ByKey(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict({"conv": nn.Conv2d(8, 8, 1), "bn": nn.BatchNorm2d(8)})

    def forward(self, x):
        for name in sorted(self.parts, key=lambda name: name[-1:]):
            x = self.parts[name](x)
        for name in sorted(self.parts, key=len):
            x = self.parts[name](x)
        return x.relu()


class Pairs(nn.Module):
    def __init__(self):
        super().__init__()
        parts = {"b": nn.BatchNorm2d(8), "a": nn.Conv2d(8, 8, 1, bias=False)}
        self.net = nn.ModuleList([part for _, part in sorted(parts.items())])

    def forward(self, x):
        for part in self.net:
            x = part(x)
        return x.relu()
