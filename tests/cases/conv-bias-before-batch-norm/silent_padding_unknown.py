# run: Net(1), (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # Whether the second convolution, or the pool, pads zeros is the caller's to say.
    def __init__(self, pad):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 4, 1),
            nn.Conv2d(4, 4, 3, padding=pad),  # expect: CB101
            nn.BatchNorm2d(4),
            nn.Conv2d(4, 4, 1),
            nn.AvgPool2d(3, 1, pad),
            nn.BatchNorm2d(4),
        )

    def forward(self, x):
        return self.net(x)
# output
from torch import nn


class Net(nn.Module):
    # Whether the second convolution, or the pool, pads zeros is the caller's to say.
    def __init__(self, pad):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 4, 1),
            nn.Conv2d(4, 4, 3, padding=pad, bias=False),
            nn.BatchNorm2d(4),
            nn.Conv2d(4, 4, 1),
            nn.AvgPool2d(3, 1, pad),
            nn.BatchNorm2d(4),
        )

    def forward(self, x):
        return self.net(x)
