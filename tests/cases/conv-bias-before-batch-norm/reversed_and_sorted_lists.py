# run: Net, (2, 3, 12, 12)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Sequential(*reversed([nn.ReLU(), nn.BatchNorm2d(4), nn.Conv2d(3, 4, 3)]))  # expect: CB101
        down = [nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3)]  # expect: CB101
        down.reverse()
        self.down = nn.Sequential(*down)

    def forward(self, x):
        return self.down(self.up(x))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Sequential(*reversed([nn.ReLU(), nn.BatchNorm2d(4), nn.Conv2d(3, 4, 3, bias=False)]))
        down = [nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3, bias=False)]
        down.reverse()
        self.down = nn.Sequential(*down)

    def forward(self, x):
        return self.down(self.up(x))
