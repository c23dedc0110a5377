"""The bias is met without its name: nothing fails today, and without a bias all of this would."""

from torch import nn


class Unpacked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101 unsafe
        self.norm = nn.BatchNorm2d(8)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                weight, bias = m.parameters()
                bias.data.zero_()

    def forward(self, x):
        return self.norm(self.conv(x))


class ByName(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 1)  # expect: CB101 unsafe
        self.norm = nn.BatchNorm2d(8)
        for name in ("weight", "bias"):
            getattr(self.first, name).data.zero_()

    def forward(self, x):
        return self.norm(self.first(x))


class InTheDict(nn.Module):
    def __init__(self):
        super().__init__()
        self.second = nn.Conv2d(3, 8, 1)  # expect: CB101 unsafe
        self.third = nn.Conv2d(8, 8, 1)  # expect: CB101 unsafe
        self.norms = nn.ModuleList([nn.BatchNorm2d(8), nn.BatchNorm2d(8)])
        self.second._parameters["bias"].data.zero_()
        dict(self.third.named_parameters())["bias"].data.zero_()

    def forward(self, x):
        x = self.norms[0](self.second(x)).relu()
        return self.norms[1](self.third(x))


class Second(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Conv2d(3, 8, 1)  # expect: CB101 unsafe
        self.norm = nn.BatchNorm2d(8)
        list(self.last.parameters())[1].data.zero_()

    def forward(self, x):
        return self.norm(self.last(x))
# output
"""The bias is met without its name: nothing fails today, and without a bias all of this would."""

from torch import nn


class Unpacked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                weight, bias = m.parameters()
                bias.data.zero_()

    def forward(self, x):
        return self.norm(self.conv(x))


class ByName(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        for name in ("weight", "bias"):
            getattr(self.first, name).data.zero_()

    def forward(self, x):
        return self.norm(self.first(x))


class InTheDict(nn.Module):
    def __init__(self):
        super().__init__()
        self.second = nn.Conv2d(3, 8, 1, bias=False)
        self.third = nn.Conv2d(8, 8, 1, bias=False)
        self.norms = nn.ModuleList([nn.BatchNorm2d(8), nn.BatchNorm2d(8)])
        self.second._parameters["bias"].data.zero_()
        dict(self.third.named_parameters())["bias"].data.zero_()

    def forward(self, x):
        x = self.norms[0](self.second(x)).relu()
        return self.norms[1](self.third(x))


class Second(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        list(self.last.parameters())[1].data.zero_()

    def forward(self, x):
        return self.norm(self.last(x))
