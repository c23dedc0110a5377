# run: Class, (2, 3, 8, 8)
# run: Function, (2, 3, 8, 8)
# run: Swapped, (2, 3, 8, 8)
# run: Kept, (2, 3, 8, 8)
# run: Plain, (2, 3, 8, 8)

"""Objects that work behind the scenes: of all this only the last is found."""

import contextlib

import torch
from torch import nn


class InEvaluation:
    def __init__(self, module):
        self.module = module

    def __enter__(self):
        self.module.eval()

    def __exit__(self, *error):
        self.module.train()


class Class(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        with InEvaluation(self.norm):
            return self.norm(self.conv(x))


@contextlib.contextmanager
def in_evaluation(module):
    module.eval()
    yield module
    module.train()


class Function(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        with in_evaluation(self.norm) as norm:
            return norm(self.conv(x))


class Bare(nn.Module):
    def forward(self, x):
        return self.conv(x)


class Swapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.__class__ = Bare

    def forward(self, x):
        return self.norm(self.conv(x))


class Outputs(list):
    def keep(self, x):
        self.append(x)
        return x


class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        outputs = Outputs()
        x = self.norm(outputs.keep(self.conv(x)))
        return x, list(outputs)


class Buffered(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("last", torch.zeros(1), persistent=False)

    def forward(self, x):
        y = self.conv(x)
        del self.last
        self.register_buffer("last", y, persistent=False)
        return self.norm(y) + self.last


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        with contextlib.nullcontext():
            return self.norm(self.conv(x))
# output
"""Objects that work behind the scenes: of all this only the last is found."""

import contextlib

import torch
from torch import nn


class InEvaluation:
    def __init__(self, module):
        self.module = module

    def __enter__(self):
        self.module.eval()

    def __exit__(self, *error):
        self.module.train()


class Class(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        with InEvaluation(self.norm):
            return self.norm(self.conv(x))


@contextlib.contextmanager
def in_evaluation(module):
    module.eval()
    yield module
    module.train()


class Function(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        with in_evaluation(self.norm) as norm:
            return norm(self.conv(x))


class Bare(nn.Module):
    def forward(self, x):
        return self.conv(x)


class Swapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.__class__ = Bare

    def forward(self, x):
        return self.norm(self.conv(x))


class Outputs(list):
    def keep(self, x):
        self.append(x)
        return x


class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        outputs = Outputs()
        x = self.norm(outputs.keep(self.conv(x)))
        return x, list(outputs)


class Buffered(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("last", torch.zeros(1), persistent=False)

    def forward(self, x):
        y = self.conv(x)
        del self.last
        self.register_buffer("last", y, persistent=False)
        return self.norm(y) + self.last


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        with contextlib.nullcontext():
            return self.norm(self.conv(x))
