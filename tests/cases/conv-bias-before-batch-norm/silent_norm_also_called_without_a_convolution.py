# run: Net, (2, 4, 8, 8)

from torch import nn


class Net(nn.Module):
    # The running mean is that of both calls, and only one of them has the bias.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)  # silent: evaluation shows it
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.norm(x).relu()
        return self.norm(self.conv(x))
