# run: Net, (2, 3, 8, 8)

from torch import nn


def initialise(net, by):
    # A word that is compared is no count of parameters.
    if by == "count":
        for m in net.modules():
            if isinstance(m, nn.Linear):
                m.bias.data.zero_()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)
        initialise(self, "count")

    def forward(self, x):
        return self.norm(self.conv(x))
# output
from torch import nn


def initialise(net, by):
    # A word that is compared is no count of parameters.
    if by == "count":
        for m in net.modules():
            if isinstance(m, nn.Linear):
                m.bias.data.zero_()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        initialise(self, "count")

    def forward(self, x):
        return self.norm(self.conv(x))
