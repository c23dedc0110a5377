# run: net, (2, 3, 6, 6)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 2, 1, bias=False),
    nn.BatchNorm2d(int("10", 2)),
    nn.Conv2d(2, 3, 1, bias=False),
    nn.BatchNorm2d(max(3, 5, key=lambda width: -width)),
    nn.Conv2d(3, 25, 1, bias=False),
    nn.BatchNorm2d(int(round(2.5, 1) * 10)),
    nn.ReLU(),
)
