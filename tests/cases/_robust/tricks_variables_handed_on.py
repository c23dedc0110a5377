# run: Turned, (8, 3, 5, 5)
# run: Counted(8), (2, 3, 5, 5)
# run: Swapped, (8, 3, 5, 5)

"""It takes five rounds until the variable that is returned has got the shift; in the last model it never does."""

from torch import nn


class Turned(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.last = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y, z = self.conv(x), self.last(x)
        a, b, c, d, e = z, z, z, z, y
        for _ in range(len(x) // 2):
            a, b, c, d, e = b, c, d, e, a
        return self.norm(y) + a


class Counted(nn.Module):
    def __init__(self, rounds):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.rounds = rounds

    def forward(self, x):
        y = self.conv(x)
        a, b, c, d, e = x, x, x, x, y
        for _ in range(self.rounds):
            a = b
            b = c
            c = d
            d = e
        return self.norm(y), a


class Until(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        a, b, c, d, e = x, x, x, x, y
        while a.sum() > 0:
            a, b, c, d, e = b, c, d, e, a
        return self.norm(y), a


class Swapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        a, b, c = x, x, x
        for _ in x:
            a, b, c = c, a, b
        return self.norm(self.conv(a)), b


# output
"""It takes five rounds until the variable that is returned has got the shift; in the last model it never does."""

from torch import nn


class Turned(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.last = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y, z = self.conv(x), self.last(x)
        a, b, c, d, e = z, z, z, z, y
        for _ in range(len(x) // 2):
            a, b, c, d, e = b, c, d, e, a
        return self.norm(y) + a


class Counted(nn.Module):
    def __init__(self, rounds):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.rounds = rounds

    def forward(self, x):
        y = self.conv(x)
        a, b, c, d, e = x, x, x, x, y
        for _ in range(self.rounds):
            a = b
            b = c
            c = d
            d = e
        return self.norm(y), a


class Until(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        a, b, c, d, e = x, x, x, x, y
        while a.sum() > 0:
            a, b, c, d, e = b, c, d, e, a
        return self.norm(y), a


class Swapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        a, b, c = x, x, x
        for _ in x:
            a, b, c = c, a, b
        return self.norm(self.conv(a)), b


