# run: FPN, (2, 3, 8, 8)

from torch import nn


class FPN(nn.Module):
    def __init__(self):
        super().__init__()
        self.laterals = nn.ModuleList([nn.Conv2d(3, 4, 1), nn.Conv2d(3, 4, 1)])  # expect: CB101, CB101
        self.norms = nn.ModuleList([nn.BatchNorm2d(4), nn.BatchNorm2d(4)])

    def forward(self, x):
        outs = [lateral(x) for lateral in self.laterals]
        return tuple(norm(out).relu() for norm, out in zip(self.norms, outs))
# output
from torch import nn


class FPN(nn.Module):
    def __init__(self):
        super().__init__()
        self.laterals = nn.ModuleList([nn.Conv2d(3, 4, 1, bias=False), nn.Conv2d(3, 4, 1, bias=False)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(4), nn.BatchNorm2d(4)])

    def forward(self, x):
        outs = [lateral(x) for lateral in self.laterals]
        return tuple(norm(out).relu() for norm, out in zip(self.norms, outs))
