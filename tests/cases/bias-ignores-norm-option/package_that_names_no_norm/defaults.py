from torch import nn

NORM = nn.BatchNorm2d
