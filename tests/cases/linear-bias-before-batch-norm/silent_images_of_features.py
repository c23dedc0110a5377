# run: net, (2, 6, 5, 8)

from torch import nn

# A Linear works on the last axis, BatchNorm2d on the second.
net = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm2d(6))
