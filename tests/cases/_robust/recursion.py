from torch import nn


class Tree(nn.Module):
    # A class that builds itself, and functions that call each other for ever.
    def __init__(self, depth):
        super().__init__()
        self.left = Tree(depth - 1) if depth else nn.Conv2d(3, 3, 3)  # expect: CB101
        self.right = Tree(depth - 1)
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return self.norm(self.left(x)) + self.forward(self.right(x))


def ping(n):
    return nn.Sequential(pong(n), nn.BatchNorm2d(n))


def pong(n):
    return ping(n)


a = []
a.append(a)
b = nn.Sequential(*a)
while True:
    b.append(b)


class Loop(Loop):
    pass


class One(Two):
    pass


class Two(One):
    pass
# output
from torch import nn


class Tree(nn.Module):
    # A class that builds itself, and functions that call each other for ever.
    def __init__(self, depth):
        super().__init__()
        self.left = Tree(depth - 1) if depth else nn.Conv2d(3, 3, 3, bias=False)
        self.right = Tree(depth - 1)
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return self.norm(self.left(x)) + self.forward(self.right(x))


def ping(n):
    return nn.Sequential(pong(n), nn.BatchNorm2d(n))


def pong(n):
    return ping(n)


a = []
a.append(a)
b = nn.Sequential(*a)
while True:
    b.append(b)


class Loop(Loop):
    pass


class One(Two):
    pass


class Two(One):
    pass
