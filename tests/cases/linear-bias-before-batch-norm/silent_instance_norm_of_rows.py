# run: net, (4, 5)

from torch import nn

# Two axes are taken for one sample of four channels: the mean of each row goes, the biases of the features stay.
net = nn.Sequential(nn.Linear(5, 8), nn.InstanceNorm1d(4))
