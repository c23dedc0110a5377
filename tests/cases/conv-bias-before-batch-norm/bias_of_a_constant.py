# run: net, (2, 3, 8, 8)

from torch import nn

BIAS = True
net = nn.Sequential(nn.Conv2d(3, 4, 3, bias=BIAS), nn.BatchNorm2d(4))  # expect: CB101
# output
from torch import nn

BIAS = True
net = nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4))
