# run: net, (2, 3, 8, 8)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 8, 3, bias=False),  # expect: CB203
    nn.ReLU(),
    nn.Conv2d(8, 8, 3, bias=False),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(8, 8, 1, bias=False),  # expect: CB203
    nn.MaxPool2d(2),
    nn.Sigmoid(),
)
