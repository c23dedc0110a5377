from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 16, 3),  # expect: CB101
    nn.BatchNorm2d(32),  # expect: CB202
    nn.ReLU(),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 16, 3, bias=False),
    nn.BatchNorm2d(32),
    nn.ReLU(),
)
