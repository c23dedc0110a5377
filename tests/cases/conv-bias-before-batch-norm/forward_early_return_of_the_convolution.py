# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # silent: one way out returns what the convolution gave
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, raw=False):
        x = self.conv(x)
        if raw:
            return x
        return self.norm(x)
