# run: Net(2), (2, 3, 8, 8)
# run: Net(1), (2, 3, 8)
# run: Reordered(2), (2, 3, 8, 8)

from torch import nn

from .blocks import Unit
from .registry import Conv, Norm


class Net(nn.Module):
    def __init__(self, dims):
        super().__init__()
        self.stem = Conv[Conv.CONV, dims](3, 4, 3)  # expect: CB101
        self.norm = Norm[Norm.BATCH, dims](4)
        self.plain = Conv[Conv.CONV, dims](4, 4, 3)
        self.up = Conv["up", dims](4, 4, 2, 2)  # expect: CB101
        self.last = Norm["batch", dims](4)

    def forward(self, x):
        x = self.norm(self.stem(x)).relu()
        x = self.plain(x).relu()
        return self.last(self.up(x)).relu()


class Reordered(nn.Module):
    """Parts of a block, taken out of it and put together in another order."""

    def __init__(self, dims):
        super().__init__()
        unit = Unit(dims, 3, 3, norm=Norm.BATCH)
        self.block = nn.Sequential(unit.get_submodule("norm"), unit.get_submodule("conv"))

    def forward(self, x):
        return self.block(x).relu()
# output
from torch import nn

from .blocks import Unit
from .registry import Conv, Norm


class Net(nn.Module):
    def __init__(self, dims):
        super().__init__()
        self.stem = Conv[Conv.CONV, dims](3, 4, 3, bias=False)
        self.norm = Norm[Norm.BATCH, dims](4)
        self.plain = Conv[Conv.CONV, dims](4, 4, 3)
        self.up = Conv["up", dims](4, 4, 2, 2, bias=False)
        self.last = Norm["batch", dims](4)

    def forward(self, x):
        x = self.norm(self.stem(x)).relu()
        x = self.plain(x).relu()
        return self.last(self.up(x)).relu()


class Reordered(nn.Module):
    """Parts of a block, taken out of it and put together in another order."""

    def __init__(self, dims):
        super().__init__()
        unit = Unit(dims, 3, 3, norm=Norm.BATCH)
        self.block = nn.Sequential(unit.get_submodule("norm"), unit.get_submodule("conv"))

    def forward(self, x):
        return self.block(x).relu()
