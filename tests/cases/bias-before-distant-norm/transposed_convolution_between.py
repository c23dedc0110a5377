# run: net, (2, 3, 6, 6)

from torch import nn

# A transposed convolution overlaps its windows unevenly at the border: a constant does not stay one.
net = nn.Sequential(
    nn.Conv2d(3, 4, 1),
    nn.ConvTranspose2d(4, 4, 3, stride=2, padding=1),  # expect: CB101
    nn.BatchNorm2d(4),
)
# output
from torch import nn

# A transposed convolution overlaps its windows unevenly at the border: a constant does not stay one.
net = nn.Sequential(
    nn.Conv2d(3, 4, 1),
    nn.ConvTranspose2d(4, 4, 3, stride=2, padding=1, bias=False),
    nn.BatchNorm2d(4),
)
