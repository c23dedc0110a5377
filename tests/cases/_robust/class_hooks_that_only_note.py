# run: Registered, (2, 3, 8, 8)
# run: Noted, (2, 3, 8, 8)
# run: Block, (2, 3, 8, 8)
# run: Copied, (2, 3, 8, 8)

"""Metaclasses and `__init_subclass__` that put a class into a table, or wrap what it does, change nothing."""

import functools

from torch import nn
from torch.utils.checkpoint import checkpoint

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


class Checkpointed(nn.Module):
    checkpoints = False

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        forward = cls.forward

        @functools.wraps(forward)
        def with_checkpoints(self, *args, **kwargs):
            if self.checkpoints and self.training:
                return checkpoint(functools.partial(forward, self, **kwargs), *args)
            return forward(self, *args, **kwargs)

        cls.forward = with_checkpoints


class Block(Checkpointed):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Copies(nn.Module):
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        for name in ("size",):
            value = getattr(cls, name, None)
            if value is not None:
                setattr(cls, name, value)


class Copied(Copies):
    size = 8

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, self.size, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


# output
"""Metaclasses and `__init_subclass__` that put a class into a table, or wrap what it does, change nothing."""

import functools

from torch import nn
from torch.utils.checkpoint import checkpoint

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


class Checkpointed(nn.Module):
    checkpoints = False

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        forward = cls.forward

        @functools.wraps(forward)
        def with_checkpoints(self, *args, **kwargs):
            if self.checkpoints and self.training:
                return checkpoint(functools.partial(forward, self, **kwargs), *args)
            return forward(self, *args, **kwargs)

        cls.forward = with_checkpoints


class Block(Checkpointed):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Copies(nn.Module):
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        for name in ("size",):
            value = getattr(cls, name, None)
            if value is not None:
                setattr(cls, name, value)


class Copied(Copies):
    size = 8

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, self.size, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


