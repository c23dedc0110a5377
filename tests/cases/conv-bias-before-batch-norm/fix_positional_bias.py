# run: net, (2, 4, 12, 12)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(4, 4, 3, 1, 0, 1, 2, True),  # expect: CB101
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, 1, 0, 1, 1, False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.ConvTranspose2d(4, 4, 3, 1, 0, 0, 1, True),  # expect: CB101
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.ConvTranspose2d(4, 4, 3, 1, 0, 0, 1, False),
    nn.BatchNorm2d(4),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(4, 4, 3, 1, 0, 1, 2, False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, 1, 0, 1, 1, False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.ConvTranspose2d(4, 4, 3, 1, 0, 0, 1, False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.ConvTranspose2d(4, 4, 3, 1, 0, 0, 1, False),
    nn.BatchNorm2d(4),
)
