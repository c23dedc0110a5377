# run: Net(4), (2, 4, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self, width, depth=3):
        super().__init__()
        self.depth = depth
        self.convs = nn.ModuleList([nn.Conv2d(width, width, 3, padding=1) for _ in range(depth)])  # expect: CB101
        self.bns = nn.ModuleList([nn.BatchNorm2d(width) for _ in range(depth)])
        self.act = nn.ELU()

    def forward(self, x):
        for i in range(self.depth):
            x = x + self.act(self.bns[i](self.convs[i](x)))
        return x
# output
from torch import nn


class Net(nn.Module):
    def __init__(self, width, depth=3):
        super().__init__()
        self.depth = depth
        self.convs = nn.ModuleList([nn.Conv2d(width, width, 3, padding=1, bias=False) for _ in range(depth)])
        self.bns = nn.ModuleList([nn.BatchNorm2d(width) for _ in range(depth)])
        self.act = nn.ELU()

    def forward(self, x):
        for i in range(self.depth):
            x = x + self.act(self.bns[i](self.convs[i](x)))
        return x
