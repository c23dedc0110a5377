# run: Net(18), (4, 3, 8, 8)
# run: Net(34), (4, 3, 8, 8)

"""A class of named tuples describes the blocks; which there are is chosen by a number."""

from collections import namedtuple

from torch import nn


class Block(namedtuple("Block", ["width", "depth", "stride"])):
    """One row."""


def get_block(width, depth, count, stride=2):
    return [Block(width, depth, stride)] + [Block(depth, depth, 1) for _ in range(count - 1)]


def get_blocks(layers):
    if layers == 18:
        blocks = [get_block(4, 4, 2), get_block(4, 6, 2)]
    elif layers == 34:
        blocks = [get_block(4, 4, 3), get_block(4, 6, 2)]
    return blocks


class Unit(nn.Module):
    def __init__(self, width, depth, stride):
        super().__init__()
        if width == depth:
            self.shortcut = nn.MaxPool2d(1, stride)
        else:
            self.shortcut = nn.Sequential(nn.Conv2d(width, depth, 1, stride), nn.BatchNorm2d(depth))  # expect: CB101
        self.conv = nn.Conv2d(width, depth, 3, stride, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(depth)

    def forward(self, x):
        return self.norm(self.conv(x)).relu() + self.shortcut(x)


class Net(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, 1, 1), nn.PReLU(4))
        self.body = nn.Sequential(*[Unit(b.width, b.depth, b.stride) for blocks in get_blocks(layers) for b in blocks])
        self.head = nn.Sequential(
            nn.BatchNorm2d(6),
            nn.Flatten(),
            nn.Linear(24, 5),  # expect: CB102
            nn.BatchNorm1d(5),
        )

    def forward(self, x):
        return self.head(self.body(self.stem(x)))


# output
"""A class of named tuples describes the blocks; which there are is chosen by a number."""

from collections import namedtuple

from torch import nn


class Block(namedtuple("Block", ["width", "depth", "stride"])):
    """One row."""


def get_block(width, depth, count, stride=2):
    return [Block(width, depth, stride)] + [Block(depth, depth, 1) for _ in range(count - 1)]


def get_blocks(layers):
    if layers == 18:
        blocks = [get_block(4, 4, 2), get_block(4, 6, 2)]
    elif layers == 34:
        blocks = [get_block(4, 4, 3), get_block(4, 6, 2)]
    return blocks


class Unit(nn.Module):
    def __init__(self, width, depth, stride):
        super().__init__()
        if width == depth:
            self.shortcut = nn.MaxPool2d(1, stride)
        else:
            self.shortcut = nn.Sequential(nn.Conv2d(width, depth, 1, stride, bias=False), nn.BatchNorm2d(depth))
        self.conv = nn.Conv2d(width, depth, 3, stride, 1, bias=False)
        self.norm = nn.BatchNorm2d(depth)

    def forward(self, x):
        return self.norm(self.conv(x)).relu() + self.shortcut(x)


class Net(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, 1, 1), nn.PReLU(4))
        self.body = nn.Sequential(*[Unit(b.width, b.depth, b.stride) for blocks in get_blocks(layers) for b in blocks])
        self.head = nn.Sequential(
            nn.BatchNorm2d(6),
            nn.Flatten(),
            nn.Linear(24, 5, bias=False),
            nn.BatchNorm1d(5),
        )

    def forward(self, x):
        return self.head(self.body(self.stem(x)))


