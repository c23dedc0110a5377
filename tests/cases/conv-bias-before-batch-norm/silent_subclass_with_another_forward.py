# run: Net, (2, 3, 8, 8)
# run: Bare, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: Bare needs it
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.conv(x))


class Bare(Net):
    def forward(self, x):
        return self.conv(x).relu()
