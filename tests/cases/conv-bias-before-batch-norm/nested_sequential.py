# run: Net, (2, 3, 12, 12)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU()),  # expect: CB101
            nn.Sequential(nn.ReLU(), nn.Conv2d(8, 8, 3)),  # expect: CB101
            nn.Sequential(nn.Sequential(nn.BatchNorm2d(8)), nn.ReLU()),
            nn.Sequential(nn.Conv2d(8, 8, 3)),
            nn.ReLU(),
        )

    def forward(self, x):
        return self.net(x)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU()),
            nn.Sequential(nn.ReLU(), nn.Conv2d(8, 8, 3, bias=False)),
            nn.Sequential(nn.Sequential(nn.BatchNorm2d(8)), nn.ReLU()),
            nn.Sequential(nn.Conv2d(8, 8, 3)),
            nn.ReLU(),
        )

    def forward(self, x):
        return self.net(x)
