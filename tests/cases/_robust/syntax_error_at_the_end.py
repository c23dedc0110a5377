from torch import nn

net = nn.Sequential(  # expect: CB900
    nn.Conv2d(3, 4, 3),
    nn.BatchNorm2d(4),
