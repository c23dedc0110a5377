# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 4, 3),  # expect: CB104
            nn.Dropout(0.0),
            nn.BatchNorm2d(4),
        )

    def forward(self, x):
        return self.net(x)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 4, 3, bias=False),
            nn.Dropout(0.0),
            nn.BatchNorm2d(4),
        )

    def forward(self, x):
        return self.net(x)
