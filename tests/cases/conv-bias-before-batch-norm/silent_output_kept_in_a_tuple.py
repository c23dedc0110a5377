# run: Net(4), (2, 3, 6, 6)

from torch import nn


class Net(nn.Module):
    # What is kept can be read by whoever holds the model.
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1)  # silent: no run of the model alone tells
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.conv(x)
        self.kept = (y, x)
        return self.norm(y)
