# run: Net(), (2, 3, 8, 8)
# run: Net(nn.ReLU), (2, 3, 8, 8)
# run: Net(Norm), (2, 3, 8, 8)
# run: Chosen(Norm), (2, 3, 8, 8)
# run: Chosen(nn.ReLU), (2, 3, 8, 8)

from torch import nn


class Norm(nn.BatchNorm2d):
    pass


class Net(nn.Module):
    def __init__(self, last=Norm):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.last = nn.BatchNorm2d(8, affine=False) if last is Norm else last()

    def forward(self, x):
        return self.last(self.conv(x))


class Chosen(nn.Module):
    def __init__(self, last):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.last = nn.BatchNorm2d(8, affine=False) if last is Norm else last()

    def forward(self, x):
        return self.last(self.conv(x))
# output
from torch import nn


class Norm(nn.BatchNorm2d):
    pass


class Net(nn.Module):
    def __init__(self, last=Norm):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=last is not Norm)
        self.last = nn.BatchNorm2d(8, affine=False) if last is Norm else last()

    def forward(self, x):
        return self.last(self.conv(x))


class Chosen(nn.Module):
    def __init__(self, last):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=last is not Norm)
        self.last = nn.BatchNorm2d(8, affine=False) if last is Norm else last()

    def forward(self, x):
        return self.last(self.conv(x))
