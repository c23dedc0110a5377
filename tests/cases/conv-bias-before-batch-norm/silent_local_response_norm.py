# run: net, (2, 3, 8, 8)

from torch import nn

# It divides by the energy of neighbouring channels and subtracts nothing.
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.LocalResponseNorm(2), nn.ReLU(), nn.Conv2d(4, 4, 1), nn.Softmax2d())
