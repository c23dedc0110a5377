# run: Registered, (2, 3, 8, 8)
# run: Flagged, (2, 3, 8, 8)
# run: Optioned, (2, 3, 8, 8)
# run: Configured, (2, 3, 8, 8)

"""Flags and options that code changes once the file is loaded; a registry of classes is none of these."""

from torch import nn

USE_NORM = True
OPTIONS = {"norm": True}
NORMS = {"batch": nn.BatchNorm2d}
PADDED = False


class Config:
    normed = True


config = Config()


def disable():
    global USE_NORM
    USE_NORM = False
    OPTIONS["norm"] = False
    config.normed = False


def register(cls):
    NORMS[cls.__name__] = cls
    return cls


class Flagged(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if USE_NORM else y


class Optioned(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if OPTIONS["norm"] else y


class Configured(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if config.normed else y


class Counted(nn.Module):
    built = 0

    def __init__(self):
        super().__init__()
        Counted.built += 1
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8) if Counted.built < 2 else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Registered(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = NORMS["batch"](8)

    def forward(self, x):
        y = self.conv(x)
        return y if PADDED else self.norm(y)


disable()
# output
"""Flags and options that code changes once the file is loaded; a registry of classes is none of these."""

from torch import nn

USE_NORM = True
OPTIONS = {"norm": True}
NORMS = {"batch": nn.BatchNorm2d}
PADDED = False


class Config:
    normed = True


config = Config()


def disable():
    global USE_NORM
    USE_NORM = False
    OPTIONS["norm"] = False
    config.normed = False


def register(cls):
    NORMS[cls.__name__] = cls
    return cls


class Flagged(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if USE_NORM else y


class Optioned(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if OPTIONS["norm"] else y


class Configured(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if config.normed else y


class Counted(nn.Module):
    built = 0

    def __init__(self):
        super().__init__()
        Counted.built += 1
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8) if Counted.built < 2 else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Registered(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = NORMS["batch"](8)

    def forward(self, x):
        y = self.conv(x)
        return y if PADDED else self.norm(y)


disable()
