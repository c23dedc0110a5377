# The fourth option is not the second: the one may be set without the other.

from torch import nn


class Net(nn.Module):
    def __init__(self, options):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=options[1])
        self.norm = nn.BatchNorm2d(8) if options[3] else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Flags(nn.Module):
    def __init__(self, flags):
        super().__init__()
        layers = []
        if flags[2]:
            layers.append(nn.Conv2d(3, 8, 3))
        if flags[1]:
            layers.append(nn.BatchNorm2d(8))
        layers.append(nn.ReLU())
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
