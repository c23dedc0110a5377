# run: net, (2, 3, 8, 8)

from torch import nn

# A group of several channels has one mean: biases that differ within it stay.
net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(4, 8), nn.ReLU(), nn.Conv2d(8, 8, 3), nn.GroupNorm(1, 8))
