# run: net, (4, 5)

from torch import nn

# The activation sees the bias.
net = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.BatchNorm1d(8))
