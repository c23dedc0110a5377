# run: Net, (2, 3, 12, 12)

from torch import nn


class Net(nn.Module):
    # zip ends with the shorter list; the last convolution is called after the loop.
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([
            nn.Conv2d(3, 6, 3),  # expect: CB101
            nn.Conv2d(6, 6, 3),  # expect: CB101
            nn.Conv2d(6, 6, 3),
        ])
        self.norms = nn.ModuleList([nn.BatchNorm2d(6), nn.BatchNorm2d(6)])

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x)).relu()
        return self.convs[2](x)
# output
from torch import nn


class Net(nn.Module):
    # zip ends with the shorter list; the last convolution is called after the loop.
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([
            nn.Conv2d(3, 6, 3, bias=False),
            nn.Conv2d(6, 6, 3, bias=False),
            nn.Conv2d(6, 6, 3),
        ])
        self.norms = nn.ModuleList([nn.BatchNorm2d(6), nn.BatchNorm2d(6)])

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x)).relu()
        return self.convs[2](x)
