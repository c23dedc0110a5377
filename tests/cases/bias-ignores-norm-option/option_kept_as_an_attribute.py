# run: Net, (2, 16, 8, 8)

from torch import nn


class ConvNormAct(nn.Module):
    def __init__(self, i, o, kernel_size, stride=1, padding=0):
        super().__init__()
        self.conv = nn.Conv2d(i, o, kernel_size, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(o, eps=0.001)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, scale=1.0, no_act=False):
        super().__init__()
        self.scale = scale
        self.no_act = no_act
        self.branch0 = ConvNormAct(16, 16, kernel_size=1)
        self.conv2d = nn.Conv2d(16, 16, kernel_size=1, stride=1)  # expect: CB105 unsafe
        if not self.no_act:
            self.relu = nn.ReLU(inplace=False)

    def forward(self, x):
        out = self.conv2d(self.branch0(x))
        out = out * self.scale + x
        if not self.no_act:
            out = self.relu(out)
        return out


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.repeat = nn.Sequential(Inception(scale=0.2), Inception(scale=0.2))
        self.last_block = Inception(no_act=True)
        self.head = ConvNormAct(16, 8, kernel_size=1)

    def forward(self, x):
        return self.head(self.last_block(self.repeat(x)))
# output
from torch import nn


class ConvNormAct(nn.Module):
    def __init__(self, i, o, kernel_size, stride=1, padding=0):
        super().__init__()
        self.conv = nn.Conv2d(i, o, kernel_size, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(o, eps=0.001)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, scale=1.0, no_act=False):
        super().__init__()
        self.scale = scale
        self.no_act = no_act
        self.branch0 = ConvNormAct(16, 16, kernel_size=1)
        self.conv2d = nn.Conv2d(16, 16, kernel_size=1, stride=1, bias=not no_act)
        if not self.no_act:
            self.relu = nn.ReLU(inplace=False)

    def forward(self, x):
        out = self.conv2d(self.branch0(x))
        out = out * self.scale + x
        if not self.no_act:
            out = self.relu(out)
        return out


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.repeat = nn.Sequential(Inception(scale=0.2), Inception(scale=0.2))
        self.last_block = Inception(no_act=True)
        self.head = ConvNormAct(16, 8, kernel_size=1)

    def forward(self, x):
        return self.head(self.last_block(self.repeat(x)))
