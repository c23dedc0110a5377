"""Code that does something else than it seems to: of all this only the last is found."""

import collections
import copy
import enum
from functools import partial

import torch
import torch.nn.functional as F
from torch import nn


class Mode(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, mode):
        y = self.conv(x)
        if mode == "features":
            return y
        return self.norm(y)


class SeveralImages(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        if isinstance(x, (list, tuple)):
            return self.conv(x[0])
        return self.norm(self.conv(x))


class UntilStage(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = nn.ModuleList([nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8), nn.ReLU()])

    def forward(self, x, stop):
        for number, stage in enumerate(self.stages):
            x = stage(x)
            if number == stop:
                break
        return x


class Counted(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("initialized", torch.tensor(0))

    def forward(self, x):
        y = self.conv(x)
        if self.initialized == 0:
            return y
        return self.norm(y)


Outputs = collections.namedtuple("Outputs", "raw normed")


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return Outputs(raw=y, normed=self.norm(y))


class Tokens(nn.Module):
    def __init__(self, tokens, width):
        super().__init__()
        self.linear = nn.Linear(width, width)
        self.norm = nn.BatchNorm1d(tokens)

    def forward(self, x):
        return self.norm(self.linear(x))


class Alias(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.other = nn.Conv2d(3, 8, 1, bias=False)

    def forward(self, x):
        out = self.other(x)
        identity = out
        out += self.conv(x)
        return self.norm(out) + identity


class View(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        row = y[:, :, 0]
        row *= 2
        return self.norm(y)


class Average(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("average", torch.zeros(8))

    def forward(self, x):
        y = self.conv(x)
        self.average.add_(y.detach().mean((0, 2, 3)))
        return self.norm(y) + self.average.view(1, -1, 1, 1)


class Dilated(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 3)
        self.second = nn.Conv2d(8, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.apply(partial(self._dilate, dilate=2))

    def _dilate(self, m, dilate):
        if isinstance(m, nn.Conv2d):
            m.dilation = (dilate, dilate)
            m.padding = (dilate, dilate)

    def forward(self, x):
        return self.norm(self.second(self.first(x)))


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.norm.register_forward_pre_hook(lambda module, inputs: (inputs[0].relu(),))

    def forward(self, x):
        return self.norm(self.conv(x))


def activated(function):
    def inner(self, x):
        return function(self, x).relu()

    return inner


class Decorated(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    @activated
    def features(self, x):
        return self.conv(x)

    def forward(self, x):
        return self.norm(self.features(x))


def with_skip(cls):
    class Skipping(cls):
        def forward(self, x):
            return super().forward(x) + self.conv(x)

    return Skipping


@with_skip
class Wrapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Patched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


Patched.forward = lambda self, x: self.conv(x).relu()


class Refilled(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))

    def forward(self, x):
        return self.layers(x)


def plain():
    model = Refilled()
    model.layers[1] = nn.Identity()
    return model


class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.pool = nn.AvgPool2d(3, 2, padding=1, count_include_pad=False, divisor_override=9)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.pool(self.conv(x)))


class InEvaluation(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("mean", torch.zeros(8))
        self.register_buffer("var", torch.ones(8))

    def forward(self, x):
        return F.batch_norm(self.conv(x), self.mean, self.var, training=not self.training)


class Copied(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(3, 8, 3)]
        longer = copy.copy(layers)
        longer.append(nn.BatchNorm2d(8))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


class Activated(nn.Conv2d):
    def _conv_forward(self, x, weight, bias):
        return super()._conv_forward(x, weight, bias).relu()


class Overridden(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = Activated(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Called(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def __call__(self, x):
        return self.conv(x) + super().__call__(x)

    def forward(self, x):
        return self.norm(self.conv(x))


class Norm(enum.Enum):
    NONE = "none"
    BATCH = "batch"


class Chosen(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.kind = Norm(kind)

    def forward(self, x):
        x = self.conv(x)
        if self.kind == Norm.NONE:
            return x
        return self.norm(x)


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
"""Code that does something else than it seems to: of all this only the last is found."""

import collections
import copy
import enum
from functools import partial

import torch
import torch.nn.functional as F
from torch import nn


class Mode(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, mode):
        y = self.conv(x)
        if mode == "features":
            return y
        return self.norm(y)


class SeveralImages(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        if isinstance(x, (list, tuple)):
            return self.conv(x[0])
        return self.norm(self.conv(x))


class UntilStage(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = nn.ModuleList([nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8), nn.ReLU()])

    def forward(self, x, stop):
        for number, stage in enumerate(self.stages):
            x = stage(x)
            if number == stop:
                break
        return x


class Counted(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("initialized", torch.tensor(0))

    def forward(self, x):
        y = self.conv(x)
        if self.initialized == 0:
            return y
        return self.norm(y)


Outputs = collections.namedtuple("Outputs", "raw normed")


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return Outputs(raw=y, normed=self.norm(y))


class Tokens(nn.Module):
    def __init__(self, tokens, width):
        super().__init__()
        self.linear = nn.Linear(width, width)
        self.norm = nn.BatchNorm1d(tokens)

    def forward(self, x):
        return self.norm(self.linear(x))


class Alias(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.other = nn.Conv2d(3, 8, 1, bias=False)

    def forward(self, x):
        out = self.other(x)
        identity = out
        out += self.conv(x)
        return self.norm(out) + identity


class View(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        row = y[:, :, 0]
        row *= 2
        return self.norm(y)


class Average(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("average", torch.zeros(8))

    def forward(self, x):
        y = self.conv(x)
        self.average.add_(y.detach().mean((0, 2, 3)))
        return self.norm(y) + self.average.view(1, -1, 1, 1)


class Dilated(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 3)
        self.second = nn.Conv2d(8, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.apply(partial(self._dilate, dilate=2))

    def _dilate(self, m, dilate):
        if isinstance(m, nn.Conv2d):
            m.dilation = (dilate, dilate)
            m.padding = (dilate, dilate)

    def forward(self, x):
        return self.norm(self.second(self.first(x)))


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.norm.register_forward_pre_hook(lambda module, inputs: (inputs[0].relu(),))

    def forward(self, x):
        return self.norm(self.conv(x))


def activated(function):
    def inner(self, x):
        return function(self, x).relu()

    return inner


class Decorated(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    @activated
    def features(self, x):
        return self.conv(x)

    def forward(self, x):
        return self.norm(self.features(x))


def with_skip(cls):
    class Skipping(cls):
        def forward(self, x):
            return super().forward(x) + self.conv(x)

    return Skipping


@with_skip
class Wrapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Patched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


Patched.forward = lambda self, x: self.conv(x).relu()


class Refilled(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))

    def forward(self, x):
        return self.layers(x)


def plain():
    model = Refilled()
    model.layers[1] = nn.Identity()
    return model


class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.pool = nn.AvgPool2d(3, 2, padding=1, count_include_pad=False, divisor_override=9)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.pool(self.conv(x)))


class InEvaluation(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.register_buffer("mean", torch.zeros(8))
        self.register_buffer("var", torch.ones(8))

    def forward(self, x):
        return F.batch_norm(self.conv(x), self.mean, self.var, training=not self.training)


class Copied(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(3, 8, 3)]
        longer = copy.copy(layers)
        longer.append(nn.BatchNorm2d(8))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


class Activated(nn.Conv2d):
    def _conv_forward(self, x, weight, bias):
        return super()._conv_forward(x, weight, bias).relu()


class Overridden(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = Activated(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Called(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def __call__(self, x):
        return self.conv(x) + super().__call__(x)

    def forward(self, x):
        return self.norm(self.conv(x))


class Norm(enum.Enum):
    NONE = "none"
    BATCH = "batch"


class Chosen(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.kind = Norm(kind)

    def forward(self, x):
        x = self.conv(x)
        if self.kind == Norm.NONE:
            return x
        return self.norm(x)


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
