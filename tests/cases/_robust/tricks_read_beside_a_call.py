# run: Before, (2, 3, 8, 8)
# run: Behind, (2, 3, 8, 8)
# run: Added, (2, 3, 8, 8)
# run: NextRound, (2, 3, 8, 8)
# run: Alone, (2, 3, 8, 8)
# run: EachRound, (2, 3, 8, 8)

"""A call changes a tensor in place, and the code around it holds that tensor: the last two no more."""

from torch import nn


def add(skip, x, norm):
    skip += x
    return norm(skip)


class Before(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        return skip, add(skip, self.conv(x), self.norm)


class Behind(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        return add(skip, self.conv(x), self.norm), skip * skip


class Added(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        skip = skip + add(skip, self.conv(x), self.norm)
        return skip


class NextRound(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        seen = total = 0
        skip = self.stem(x)
        for _ in range(2):
            seen = seen + skip * skip
            skip = self.stem(x)
            total = total + add(skip, self.conv(x), self.norm)
        return seen, total


class Alone(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        skip = add(skip, self.conv(x), self.norm)
        return skip * skip


class EachRound(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        total = 0
        for _ in range(2):
            skip = self.stem(x)
            total = total + add(skip, self.conv(x), self.norm)
        return total
# output
"""A call changes a tensor in place, and the code around it holds that tensor: the last two no more."""

from torch import nn


def add(skip, x, norm):
    skip += x
    return norm(skip)


class Before(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        return skip, add(skip, self.conv(x), self.norm)


class Behind(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        return add(skip, self.conv(x), self.norm), skip * skip


class Added(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        skip = skip + add(skip, self.conv(x), self.norm)
        return skip


class NextRound(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        seen = total = 0
        skip = self.stem(x)
        for _ in range(2):
            seen = seen + skip * skip
            skip = self.stem(x)
            total = total + add(skip, self.conv(x), self.norm)
        return seen, total


class Alone(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        skip = self.stem(x)
        skip = add(skip, self.conv(x), self.norm)
        return skip * skip


class EachRound(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        total = 0
        for _ in range(2):
            skip = self.stem(x)
            total = total + add(skip, self.conv(x), self.norm)
        return total
