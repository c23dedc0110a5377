# run: Net, (2, 3, 12, 12)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 4, 3),  # expect: CB104
            nn.MaxPool2d(2),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3),  # expect: CB104
            nn.AvgPool2d(3),
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
            nn.MaxPool2d(2),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3, bias=False),
            nn.AvgPool2d(3),
            nn.BatchNorm2d(4),
        )

    def forward(self, x):
        return self.net(x)
