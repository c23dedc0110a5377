# run: Derived, (2, 3, 12, 12)
# run: Between, (2, 3, 12, 12)
# run: Behind, (2, 3, 12, 12)

"""Layers that the caller gives, put among others by ``*``: what stands behind them is no neighbour."""

from functools import partial

from torch import nn


def chain(*layers):
    return nn.Sequential(*layers)


def pair(first, second, third=None):
    return nn.Sequential(first, second) if third is None else nn.Sequential(first, second, third)


class Chain(nn.Sequential):
    def __init__(self, *layers):
        super().__init__(*layers)


class Derived(nn.Sequential):
    def __init__(self, more=(nn.ReLU(),)):
        super().__init__(nn.Conv2d(3, 8, 3), *more, nn.BatchNorm2d(8))


class Between(nn.Module):
    def __init__(self, more=(nn.ReLU(),)):
        super().__init__()
        self.by_a_function = chain(nn.Conv2d(3, 8, 3), *more, nn.BatchNorm2d(8))
        self.by_a_class = Chain(nn.Conv2d(8, 8, 3), *more, nn.BatchNorm2d(8))
        self.by_a_partial = partial(nn.Sequential, nn.Conv2d(8, 8, 3))(*more, nn.BatchNorm2d(8))
        self.by_name = pair(nn.Conv2d(8, 8, 3), *more, nn.BatchNorm2d(8))

    def forward(self, x):
        return self.by_name(self.by_a_partial(self.by_a_class(self.by_a_function(x))))


class Behind(nn.Module):
    def __init__(self, more=(nn.ReLU(),)):
        super().__init__()
        self.body = chain(*more, nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))  # expect: CB101

    def forward(self, x):
        return self.body(x)


# output
"""Layers that the caller gives, put among others by ``*``: what stands behind them is no neighbour."""

from functools import partial

from torch import nn


def chain(*layers):
    return nn.Sequential(*layers)


def pair(first, second, third=None):
    return nn.Sequential(first, second) if third is None else nn.Sequential(first, second, third)


class Chain(nn.Sequential):
    def __init__(self, *layers):
        super().__init__(*layers)


class Derived(nn.Sequential):
    def __init__(self, more=(nn.ReLU(),)):
        super().__init__(nn.Conv2d(3, 8, 3), *more, nn.BatchNorm2d(8))


class Between(nn.Module):
    def __init__(self, more=(nn.ReLU(),)):
        super().__init__()
        self.by_a_function = chain(nn.Conv2d(3, 8, 3), *more, nn.BatchNorm2d(8))
        self.by_a_class = Chain(nn.Conv2d(8, 8, 3), *more, nn.BatchNorm2d(8))
        self.by_a_partial = partial(nn.Sequential, nn.Conv2d(8, 8, 3))(*more, nn.BatchNorm2d(8))
        self.by_name = pair(nn.Conv2d(8, 8, 3), *more, nn.BatchNorm2d(8))

    def forward(self, x):
        return self.by_name(self.by_a_partial(self.by_a_class(self.by_a_function(x))))


class Behind(nn.Module):
    def __init__(self, more=(nn.ReLU(),)):
        super().__init__()
        self.body = chain(*more, nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8))

    def forward(self, x):
        return self.body(x)


