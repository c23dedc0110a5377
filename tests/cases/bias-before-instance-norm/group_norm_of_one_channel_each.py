# run: net, (2, 3, 8, 8)

from torch import nn

width = 8
net = nn.Sequential(
    nn.Conv2d(3, 8, 3),  # expect: CB103
    nn.GroupNorm(8, 8),
    nn.ReLU(),
    nn.Conv2d(8, width, 3),  # expect: CB103
    nn.GroupNorm(num_groups=width, num_channels=width),
)
# output
from torch import nn

width = 8
net = nn.Sequential(
    nn.Conv2d(3, 8, 3, bias=False),
    nn.GroupNorm(8, 8),
    nn.ReLU(),
    nn.Conv2d(8, width, 3, bias=False),
    nn.GroupNorm(num_groups=width, num_channels=width),
)
