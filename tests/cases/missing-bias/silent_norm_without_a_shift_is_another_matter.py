# run: net, (2, 3, 8, 8)

from torch import nn

# The norm takes the mean out and puts nothing back, and a bias of the convolution would go with it.
net = nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4, affine=False), nn.ReLU())
