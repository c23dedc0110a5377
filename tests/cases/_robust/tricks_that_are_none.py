# run: Counting, (2, 3, 8, 8)
# run: OneByOne, (2, 3, 8, 8)
# run: Wrapping, (2, 3, 8, 8)
# run: InAHandler, (2, 3, 8, 8)

"""What looks like a trick and does just what it seems to."""

import torch
from torch import nn


class Counting(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        count = sum(p.numel() for p in self.parameters())
        x = x.to(next(self.parameters()).dtype)
        return self.norm(self.conv(x)) if count else x


class OneByOne(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for module in self._modules.values():
            x = module(x)
        return x


class Wrapping(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def __getattr__(self, name):
        """What the convolution has is seen here, too."""
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.conv, name)

    def forward(self, x):
        return self.norm(self.conv(x))


class InAHandler(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        try:
            y = self.norm(self.conv(x))
            if y.dim() == 3:
                raise ValueError(f"three axes: {y.shape}")
        except RuntimeError:
            torch.cuda.empty_cache()
            y = self.norm(self.conv(x[:1]))
        return y
# output
"""What looks like a trick and does just what it seems to."""

import torch
from torch import nn


class Counting(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        count = sum(p.numel() for p in self.parameters())
        x = x.to(next(self.parameters()).dtype)
        return self.norm(self.conv(x)) if count else x


class OneByOne(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for module in self._modules.values():
            x = module(x)
        return x


class Wrapping(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def __getattr__(self, name):
        """What the convolution has is seen here, too."""
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.conv, name)

    def forward(self, x):
        return self.norm(self.conv(x))


class InAHandler(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        try:
            y = self.norm(self.conv(x))
            if y.dim() == 3:
                raise ValueError(f"three axes: {y.shape}")
        except RuntimeError:
            torch.cuda.empty_cache()
            y = self.norm(self.conv(x[:1]))
        return y
