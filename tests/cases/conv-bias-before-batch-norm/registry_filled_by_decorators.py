# run: Net(3), (2, 3, 6, 6)
# run: Chosen(3, "instance"), (2, 3, 6, 6)

import torch
from torch import nn


class Registry:
    def __init__(self):
        self._entries = {}

    def register(self, name=None):
        def put(entry):
            self._entries[name or entry.__name__] = entry
            return entry

        return put

    def __getitem__(self, name):
        return self._entries[name]

    def build(self, name, *args, **kwargs):
        return self._entries[name](*args, **kwargs)


NORMS = Registry()
BLOCKS = {}
DETAILS = {}


def block(name, **details):
    def put(cls):
        BLOCKS[name] = cls
        DETAILS[name] = dict(**details)
        return cls

    return put


@NORMS.register("batch")
def batch_norm(spatial):
    return (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)[spatial - 1]


@NORMS.register("instance")
def instance_norm(spatial):
    return (nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d)[spatial - 1]


@NORMS.register()
class TwiceAsWarm(nn.BatchNorm2d):
    pass


@block("plain", since=1)
class Plain(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1)  # expect: CB101
        self.norm = NORMS.build("TwiceAsWarm", width)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.block = BLOCKS["plain"](width)
        self.conv = nn.Conv2d(width, width, 1)  # expect: CB101
        self.norm = NORMS["batch"](2)(width)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(self.block(x))))


class Chosen(nn.Module):
    # Code elsewhere may register norms of other kinds.
    def __init__(self, width, kind="batch"):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 1)  # silent: by another name there may be another norm  # expect: CB105
        self.norm = NORMS[kind](2)(width)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))
# output
import torch
from torch import nn


class Registry:
    def __init__(self):
        self._entries = {}

    def register(self, name=None):
        def put(entry):
            self._entries[name or entry.__name__] = entry
            return entry

        return put

    def __getitem__(self, name):
        return self._entries[name]

    def build(self, name, *args, **kwargs):
        return self._entries[name](*args, **kwargs)


NORMS = Registry()
BLOCKS = {}
DETAILS = {}


def block(name, **details):
    def put(cls):
        BLOCKS[name] = cls
        DETAILS[name] = dict(**details)
        return cls

    return put


@NORMS.register("batch")
def batch_norm(spatial):
    return (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)[spatial - 1]


@NORMS.register("instance")
def instance_norm(spatial):
    return (nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d)[spatial - 1]


@NORMS.register()
class TwiceAsWarm(nn.BatchNorm2d):
    pass


@block("plain", since=1)
class Plain(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm = NORMS.build("TwiceAsWarm", width)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.block = BLOCKS["plain"](width)
        self.conv = nn.Conv2d(width, width, 1, bias=False)
        self.norm = NORMS["batch"](2)(width)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(self.block(x))))


class Chosen(nn.Module):
    # Code elsewhere may register norms of other kinds.
    def __init__(self, width, kind="batch"):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 1, bias=kind not in ("batch", "instance"))  # silent: by another name there may be another norm
        self.norm = NORMS[kind](2)(width)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))
