# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 4, 3),  # expect: CB101
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3),  # expect: CB101
            nn.BatchNorm2d(4),
        )

    def forward(self, x):
        low = self.layers[2](self.layers[1](self.layers[0](x)))
        return low.mean(), self.layers[3:](low)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 4, 3, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3, bias=False),
            nn.BatchNorm2d(4),
        )

    def forward(self, x):
        low = self.layers[2](self.layers[1](self.layers[0](x)))
        return low.mean(), self.layers[3:](low)
