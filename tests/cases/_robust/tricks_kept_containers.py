# run: Plain, (2, 3, 8, 8)

"""What one call takes out of a list, the next one does not find there; only the last model is flagged."""

from torch import nn


class OfTheClass(nn.Module):
    norms = []

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norms.append(nn.BatchNorm2d(8))

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        OfTheClass.norms.clear()
        return x


class FirstOnly(nn.Module):
    made = []

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.Identity() if self.made else nn.BatchNorm2d(8)
        self.made.append(True)

    def forward(self, x):
        return self.norm(self.conv(x))


class OfTheObject(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norms = [nn.BatchNorm2d(8)]

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        self.norms.clear()
        return x


class Children(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norms = nn.ModuleList([nn.BatchNorm2d(8)])

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        if len(self.norms) > 0:
            self.norms.pop(0)
        return x


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.parts = {"norm": nn.BatchNorm2d(8)}

    def forward(self, x):
        x = self.conv(x)
        if "norm" in self.parts:
            x = self.parts["norm"](x)
        self.parts.pop("norm", None)
        return x


def norm_of(width, made=[]):
    made.append(width)
    return nn.BatchNorm2d(width) if len(made) < 2 else nn.Identity()


class OfADefault(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = norm_of(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class OfAMethod(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.step(x)

    def step(self, x, seen=[]):
        x = self.conv(x)
        if not seen:
            seen.append(True)
            return self.norm(x)
        return x


class Plain(nn.Module):
    def __init__(self, layers=[]):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)
        self.layers = nn.Sequential(*layers)
        self.features = []

    def forward(self, x):
        self.features = []
        x = self.norm(self.conv(x))
        self.features.append(x)
        return self.layers(x)


# output
"""What one call takes out of a list, the next one does not find there; only the last model is flagged."""

from torch import nn


class OfTheClass(nn.Module):
    norms = []

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norms.append(nn.BatchNorm2d(8))

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        OfTheClass.norms.clear()
        return x


class FirstOnly(nn.Module):
    made = []

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.Identity() if self.made else nn.BatchNorm2d(8)
        self.made.append(True)

    def forward(self, x):
        return self.norm(self.conv(x))


class OfTheObject(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norms = [nn.BatchNorm2d(8)]

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        self.norms.clear()
        return x


class Children(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norms = nn.ModuleList([nn.BatchNorm2d(8)])

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        if len(self.norms) > 0:
            self.norms.pop(0)
        return x


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.parts = {"norm": nn.BatchNorm2d(8)}

    def forward(self, x):
        x = self.conv(x)
        if "norm" in self.parts:
            x = self.parts["norm"](x)
        self.parts.pop("norm", None)
        return x


def norm_of(width, made=[]):
    made.append(width)
    return nn.BatchNorm2d(width) if len(made) < 2 else nn.Identity()


class OfADefault(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = norm_of(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class OfAMethod(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.step(x)

    def step(self, x, seen=[]):
        x = self.conv(x)
        if not seen:
            seen.append(True)
            return self.norm(x)
        return x


class Plain(nn.Module):
    def __init__(self, layers=[]):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.layers = nn.Sequential(*layers)
        self.features = []

    def forward(self, x):
        self.features = []
        x = self.norm(self.conv(x))
        self.features.append(x)
        return self.layers(x)


