# run: Net, (2, 3, 8, 8)

from functools import wraps

from torch import nn


def noting_outputs(forward):
    @wraps(forward)
    def run(self, x):
        output = forward(self, x)
        self.last = output.detach()
        return output

    return run


class Block(nn.Module):
    """What decorates the model's forward calls a block as a whole, like anyone else."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.more = nn.ModuleList([Block(), nn.Conv2d(8, 8, 1)])

    @noting_outputs
    def forward(self, x):
        return self.more[1](self.block(x) + self.more[0](x))
# output
from functools import wraps

from torch import nn


def noting_outputs(forward):
    @wraps(forward)
    def run(self, x):
        output = forward(self, x)
        self.last = output.detach()
        return output

    return run


class Block(nn.Module):
    """What decorates the model's forward calls a block as a whole, like anyone else."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.more = nn.ModuleList([Block(), nn.Conv2d(8, 8, 1)])

    @noting_outputs
    def forward(self, x):
        return self.more[1](self.block(x) + self.more[0](x))
