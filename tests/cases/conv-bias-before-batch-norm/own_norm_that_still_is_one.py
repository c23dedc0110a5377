# run: Net, (2, 3, 8, 8)

from torch import nn


class BN(nn.BatchNorm2d):
    def __init__(self, width):
        super().__init__(width, eps=1e-3, affine=False)

    def forward(self, x):
        return super().forward(x)


class NormAct(nn.BatchNorm2d):
    def __init__(self, width, act=nn.SiLU):
        super().__init__(width)
        self.act = act()

    def forward(self, x):
        return self.act(super().forward(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm1 = BN(4)
        self.conv2 = nn.Conv2d(4, 4, 3)  # expect: CB101
        self.norm2 = NormAct(4)

    def forward(self, x):
        return self.norm2(self.conv2(self.norm1(self.conv1(x))))
# output
from torch import nn


class BN(nn.BatchNorm2d):
    def __init__(self, width):
        super().__init__(width, eps=1e-3, affine=False)

    def forward(self, x):
        return super().forward(x)


class NormAct(nn.BatchNorm2d):
    def __init__(self, width, act=nn.SiLU):
        super().__init__(width)
        self.act = act()

    def forward(self, x):
        return self.act(super().forward(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, bias=False)
        self.norm1 = BN(4)
        self.conv2 = nn.Conv2d(4, 4, 3, bias=False)
        self.norm2 = NormAct(4)

    def forward(self, x):
        return self.norm2(self.conv2(self.norm1(self.conv1(x))))
