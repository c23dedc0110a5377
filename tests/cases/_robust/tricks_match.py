# Not run: it takes a new Python to read this.

from torch import nn


class Swapped(nn.Module):
    # Not redundant: the pattern binds x and y anew.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        match (x, y):
            case (y, x):
                return self.norm(x), y


class Captured(nn.Module):
    # Not redundant: what is captured is returned.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        z = x
        match y:
            case z:
                pass
        return self.norm(y), z


class TakenApart(nn.Module):
    # Not redundant: the convolution is taken out.
    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))

    def forward(self, x):
        match self.block:
            case nn.Sequential() as block:
                return block[0](x)


class Guarded(nn.Module):
    # Not redundant: the guard looks at what the convolution gives.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, kind):
        y = self.conv(x)
        match kind:
            case "a" if y.sum() > 0:
                return self.norm(y) * 2
            case _:
                return self.norm(y)


class Named(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        match kind:
            case "batch":
                self.norm = nn.BatchNorm2d(8)
            case other:
                raise ValueError(other)

    def forward(self, x):
        return self.norm(self.conv(x))


# output
# Not run: it takes a new Python to read this.

from torch import nn


class Swapped(nn.Module):
    # Not redundant: the pattern binds x and y anew.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        match (x, y):
            case (y, x):
                return self.norm(x), y


class Captured(nn.Module):
    # Not redundant: what is captured is returned.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        z = x
        match y:
            case z:
                pass
        return self.norm(y), z


class TakenApart(nn.Module):
    # Not redundant: the convolution is taken out.
    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))

    def forward(self, x):
        match self.block:
            case nn.Sequential() as block:
                return block[0](x)


class Guarded(nn.Module):
    # Not redundant: the guard looks at what the convolution gives.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, kind):
        y = self.conv(x)
        match kind:
            case "a" if y.sum() > 0:
                return self.norm(y) * 2
            case _:
                return self.norm(y)


class Named(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        match kind:
            case "batch":
                self.norm = nn.BatchNorm2d(8)
            case other:
                raise ValueError(other)

    def forward(self, x):
        return self.norm(self.conv(x))


