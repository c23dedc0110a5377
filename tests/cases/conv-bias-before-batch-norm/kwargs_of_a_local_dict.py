# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        same = dict(kernel_size=3, padding=1)
        plain = {"kernel_size": 3, "padding": 1, "bias": False}
        self.net = nn.Sequential(
            nn.Conv2d(3, 8, **same),  # expect: CB101
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.Conv2d(8, 8, **plain),
            nn.BatchNorm2d(8),
        )

    def forward(self, x):
        return self.net(x)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        same = dict(kernel_size=3, padding=1)
        plain = {"kernel_size": 3, "padding": 1, "bias": False}
        self.net = nn.Sequential(
            nn.Conv2d(3, 8, **same, bias=False),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.Conv2d(8, 8, **plain),
            nn.BatchNorm2d(8),
        )

    def forward(self, x):
        return self.net(x)
