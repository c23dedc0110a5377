# run: build(), (2, 3, 8, 8)
# run: build("batch"), (2, 3, 8, 8)
# run: Inner("batch"), (2, 3, 8, 8)
# run: Inner("none"), (2, 3, 8, 8)
# run: rebound(), (2, 3, 8, 8)

"""What an inner function gives back depends on the variables around it, as they are when it is called."""

from torch import nn


def build(norm="none"):
    def norm_class():
        return nn.BatchNorm2d if norm == "batch" else nn.Identity

    if norm == "batch":
        last = norm_class()(8)
    else:
        last = norm_class()()
    return nn.Sequential(nn.Conv2d(3, 8, 3), last)  # expect: CB105


def Inner(norm="batch"):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
            self.norm = self.make()

        @staticmethod
        def make():
            pick = lambda: nn.BatchNorm2d if norm == "batch" else nn.Identity
            if norm == "batch":
                return pick()(8)
            return pick()()

        def forward(self, x):
            return self.norm(self.conv(x))

    return Net()


def called(function):
    return function()


def rebound():
    norm = "batch"
    first = called(lambda: nn.BatchNorm2d if norm == "batch" else nn.Identity)
    pick = lambda: nn.BatchNorm2d if norm == "batch" else nn.Identity
    second = called(pick)
    norm = "none"
    third = called(pick)
    return nn.Sequential(
        nn.Conv2d(3, 8, 1),  # expect: CB101
        first(8),
        nn.Conv2d(8, 8, 1),  # expect: CB101
        second(8),
        nn.Conv2d(8, 8, 1),
        third(8),
        nn.Conv2d(8, 8, 1),
        nn.ReLU(),
    )
# output
"""What an inner function gives back depends on the variables around it, as they are when it is called."""

from torch import nn


def build(norm="none"):
    def norm_class():
        return nn.BatchNorm2d if norm == "batch" else nn.Identity

    if norm == "batch":
        last = norm_class()(8)
    else:
        last = norm_class()()
    return nn.Sequential(nn.Conv2d(3, 8, 3, bias=norm != "batch"), last)


def Inner(norm="batch"):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 8, 3, bias=norm != "batch")
            self.norm = self.make()

        @staticmethod
        def make():
            pick = lambda: nn.BatchNorm2d if norm == "batch" else nn.Identity
            if norm == "batch":
                return pick()(8)
            return pick()()

        def forward(self, x):
            return self.norm(self.conv(x))

    return Net()


def called(function):
    return function()


def rebound():
    norm = "batch"
    first = called(lambda: nn.BatchNorm2d if norm == "batch" else nn.Identity)
    pick = lambda: nn.BatchNorm2d if norm == "batch" else nn.Identity
    second = called(pick)
    norm = "none"
    third = called(pick)
    return nn.Sequential(
        nn.Conv2d(3, 8, 1, bias=False),
        first(8),
        nn.Conv2d(8, 8, 1, bias=False),
        second(8),
        nn.Conv2d(8, 8, 1),
        third(8),
        nn.Conv2d(8, 8, 1),
        nn.ReLU(),
    )
