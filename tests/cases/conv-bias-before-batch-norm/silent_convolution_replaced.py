# run: Net, (2, 1, 8, 8)

from torch import nn


class Net(nn.Module):
    # Both stand in the place of the first in turn; only the second is called, and it is right already.
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.net[0] = nn.Conv2d(1, 4, 3, bias=False)

    def forward(self, x):
        return self.net(x)
