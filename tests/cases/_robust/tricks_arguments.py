# run: Scaled(2.0), (2, 3, 8, 8)
# run: Spread, (2, 3, 8, 8)
# run: Missing, None
# run: Listed, [torch.randn(2, 3, 8, 8, dtype=torch.float64)]

"""What a caller passes may be nothing, something else, or a tensor where a number is expected."""

import torch
from torch import nn


class Missing(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("default", torch.rand(2, 3, 8, 8))

    def forward(self, x):
        if x is None:
            return self.conv(self.default)
        return self.norm(self.conv(x))


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        if not isinstance(x, torch.Tensor):
            return self.conv(x[0])
        return self.norm(self.conv(x))


class Masked(nn.Module):
    def __init__(self, kept):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.kept = kept

    def forward(self, x):
        return self.norm(self.conv(x) * self.kept)


class Weighted(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, weight=1.0):
        return self.norm(self.conv(x) * weight)


class AnyNumber(nn.Module):
    def __init__(self, *options):
        super().__init__()
        conv = nn.Conv2d(3, 8, 1)
        (kind,) = options or ("norm",)
        self.net = nn.Sequential(conv, nn.BatchNorm2d(8)) if kind == "norm" else conv

    def forward(self, x):
        return self.net(x)


class Spread(nn.Module):
    def __init__(self, *options):
        super().__init__()
        # The bias may be one of the options.
        self.conv = nn.Conv2d(3, 8, *(options or (1,)))  # expect: CB101 no-fix
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Scaled(nn.Module):
    def __init__(self, scale: float, shift=0.5):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(8)
        self.scale = scale
        self.shift = shift

    def forward(self, x, skip=None):
        y = self.conv(x) * self.scale**2 / self.shift
        if skip is not None:
            y = y + skip
        return self.norm(y)
# output
"""What a caller passes may be nothing, something else, or a tensor where a number is expected."""

import torch
from torch import nn


class Missing(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("default", torch.rand(2, 3, 8, 8))

    def forward(self, x):
        if x is None:
            return self.conv(self.default)
        return self.norm(self.conv(x))


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        if not isinstance(x, torch.Tensor):
            return self.conv(x[0])
        return self.norm(self.conv(x))


class Masked(nn.Module):
    def __init__(self, kept):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.kept = kept

    def forward(self, x):
        return self.norm(self.conv(x) * self.kept)


class Weighted(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, weight=1.0):
        return self.norm(self.conv(x) * weight)


class AnyNumber(nn.Module):
    def __init__(self, *options):
        super().__init__()
        conv = nn.Conv2d(3, 8, 1)
        (kind,) = options or ("norm",)
        self.net = nn.Sequential(conv, nn.BatchNorm2d(8)) if kind == "norm" else conv

    def forward(self, x):
        return self.net(x)


class Spread(nn.Module):
    def __init__(self, *options):
        super().__init__()
        # The bias may be one of the options.
        self.conv = nn.Conv2d(3, 8, *(options or (1,)))
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Scaled(nn.Module):
    def __init__(self, scale: float, shift=0.5):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.scale = scale
        self.shift = shift

    def forward(self, x, skip=None):
        y = self.conv(x) * self.scale**2 / self.shift
        if skip is not None:
            y = y + skip
        return self.norm(y)
