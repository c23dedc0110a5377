# run: Net, (2, 3, 8, 8)
# run: Net(False), (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self, act=True):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.bn = nn.BatchNorm2d(4)
        self.act = nn.SiLU() if act is True else act if isinstance(act, nn.Module) else nn.Identity()

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))

    def forward_fuse(self, x):
        # Called only once the norm was folded into the convolution, which then has a bias of its own.
        return self.act(self.conv(x))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self, act=True):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.bn = nn.BatchNorm2d(4)
        self.act = nn.SiLU() if act is True else act if isinstance(act, nn.Module) else nn.Identity()

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))

    def forward_fuse(self, x):
        # Called only once the norm was folded into the convolution, which then has a bias of its own.
        return self.act(self.conv(x))
