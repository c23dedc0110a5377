# run: net, (2, 3, 8, 8)

from torch import nn

# Dropout sets some entries to zero, bias and all: the mean that is subtracted is no longer that of the bias.
net = nn.Sequential(
    nn.Conv2d(3, 4, 3),
    nn.Dropout(0.5),
    nn.BatchNorm2d(4),
    nn.Conv2d(4, 4, 3),
    nn.Dropout2d(),
    nn.BatchNorm2d(4),
)
