# run: FPN, (2, 3, 8, 8)

from torch import nn


class FPN(nn.Module):
    # The first of the outputs is also given out as it is.
    def __init__(self):
        super().__init__()
        self.laterals = nn.ModuleList([
            nn.Conv2d(3, 4, 1),
            nn.Conv2d(3, 4, 1),  # expect: CB101
        ])
        self.norms = nn.ModuleList([nn.BatchNorm2d(4), nn.BatchNorm2d(4)])

    def forward(self, x):
        outs = [lateral(x) for lateral in self.laterals]
        normed = [norm(out) for norm, out in zip(self.norms, outs)]
        return normed + outs[:1]
# output
from torch import nn


class FPN(nn.Module):
    # The first of the outputs is also given out as it is.
    def __init__(self):
        super().__init__()
        self.laterals = nn.ModuleList([
            nn.Conv2d(3, 4, 1),
            nn.Conv2d(3, 4, 1, bias=False),
        ])
        self.norms = nn.ModuleList([nn.BatchNorm2d(4), nn.BatchNorm2d(4)])

    def forward(self, x):
        outs = [lateral(x) for lateral in self.laterals]
        normed = [norm(out) for norm, out in zip(self.norms, outs)]
        return normed + outs[:1]
