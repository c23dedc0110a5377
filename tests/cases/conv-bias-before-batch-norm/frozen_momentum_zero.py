# run: net, (2, 3, 8, 8)

from torch import nn

# With a momentum of 0 the running mean never learns of the bias, so that evaluation shows it.
net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8, momentum=0.0), nn.ReLU())  # silent: evaluation differs
