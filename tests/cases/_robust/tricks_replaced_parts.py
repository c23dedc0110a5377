"""Parts that others take the place of: of all these only the last is found."""

from mixins import Mixin
from torch import nn


class ByNumber(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))
        setattr(self.net, "1", nn.Identity())

    def forward(self, x):
        return self.net(x)


class ByIndex(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))
        self.net[1] = nn.Identity()

    def forward(self, x):
        return self.net(x)


class Again(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1))
        self.net.append(nn.BatchNorm2d(8))
        self.net.add_module("1", nn.Identity())

    def forward(self, x):
        return self.net(x)


class Norm(nn.BatchNorm2d):
    pass


class Other(nn.BatchNorm2d):
    pass


Norm.forward = lambda self, x: x
setattr(Other, "forward", lambda self, x: x)


class Patched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Norm(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Set(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Other(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Mixed(Mixin, nn.BatchNorm2d):
    pass


class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Mixed(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Derived(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


Bare = type("Bare", (Derived,), {"forward": lambda self, x: self.conv(x)})


class Counted(Mixin, nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1))  # expect: CB101
        self.net.add_module("1", nn.Identity())
        self.net[1] = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.net(x)
# output
"""Parts that others take the place of: of all these only the last is found."""

from mixins import Mixin
from torch import nn


class ByNumber(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))
        setattr(self.net, "1", nn.Identity())

    def forward(self, x):
        return self.net(x)


class ByIndex(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))
        self.net[1] = nn.Identity()

    def forward(self, x):
        return self.net(x)


class Again(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1))
        self.net.append(nn.BatchNorm2d(8))
        self.net.add_module("1", nn.Identity())

    def forward(self, x):
        return self.net(x)


class Norm(nn.BatchNorm2d):
    pass


class Other(nn.BatchNorm2d):
    pass


Norm.forward = lambda self, x: x
setattr(Other, "forward", lambda self, x: x)


class Patched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Norm(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Set(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Other(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Mixed(Mixin, nn.BatchNorm2d):
    pass


class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = Mixed(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Derived(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


Bare = type("Bare", (Derived,), {"forward": lambda self, x: self.conv(x)})


class Counted(Mixin, nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1, bias=False))
        self.net.add_module("1", nn.Identity())
        self.net[1] = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.net(x)
