# run: net, (2, 3, 8, 8)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # expect: CB101
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(  # expect: CB101
        4,
        4,
        3,
    ),
    nn.BatchNorm2d(4),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3, bias=False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(
        4,
        4,
        3,
        bias=False,
    ),
    nn.BatchNorm2d(4),
)
