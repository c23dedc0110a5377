# run: Registered, (2, 3, 8, 8)
# run: Noted, (2, 3, 8, 8)

"""Metaclasses and `__init_subclass__` that put a class into a table change nothing about it."""

from torch import nn

KNOWN = {}


class Register(type):
    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        KNOWN[name] = cls
        return cls


class Registered(nn.Module, metaclass=Register):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Notes(nn.Module):
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        KNOWN[cls.__name__] = cls
        cls.kind = "net"


class Noted(Notes):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


# output
"""Metaclasses and `__init_subclass__` that put a class into a table change nothing about it."""

from torch import nn

KNOWN = {}


class Register(type):
    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        KNOWN[name] = cls
        return cls


class Registered(nn.Module, metaclass=Register):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Notes(nn.Module):
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        KNOWN[cls.__name__] = cls
        cls.kind = "net"


class Noted(Notes):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


