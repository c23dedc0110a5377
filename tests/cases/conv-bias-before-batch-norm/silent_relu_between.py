# run: net, (2, 3, 8, 8)

from torch import nn

# The activation sees the bias; what follows it cannot take it back.
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3), nn.PReLU(), nn.BatchNorm2d(4))
