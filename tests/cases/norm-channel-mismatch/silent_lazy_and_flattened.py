# run: net, (2, 3, 6, 6)

from torch import nn

# A lazy norm takes what comes; flattening multiplies the channels by the places.
net = nn.Sequential(
    nn.Conv2d(3, 4, 3, bias=False),
    nn.LazyBatchNorm2d(),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, bias=False),
    nn.Flatten(),
    nn.BatchNorm1d(16),
)
