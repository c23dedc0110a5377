# run: Net(4), (2, 8, 12, 12)

from torch import nn


class Net(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.count = count
        self.convs = nn.ModuleList([nn.Conv2d(8, 8, 3) for _ in range(4)])  # silent: the third is needed
        self.norms = nn.ModuleList([nn.BatchNorm2d(8), nn.BatchNorm2d(8), nn.Identity(), nn.Identity()])

    def forward(self, x):
        for i in range(0, self.count, 2):
            x = self.norms[i](self.convs[i](x)).relu()
        return x
