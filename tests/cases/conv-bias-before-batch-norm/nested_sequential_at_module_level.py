# run: net, (2, 3, 8, 8)

from torch import nn

net = nn.Sequential(nn.Sequential(nn.Conv2d(3, 4, 3)), nn.Sequential(nn.BatchNorm2d(4)))  # expect: CB101
# output
from torch import nn

net = nn.Sequential(nn.Sequential(nn.Conv2d(3, 4, 3, bias=False)), nn.Sequential(nn.BatchNorm2d(4)))
