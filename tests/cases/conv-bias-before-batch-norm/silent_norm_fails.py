# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # If the norm cannot take it, the convolution's output is what comes out.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: the norm may fail
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        y = self.conv(x)
        try:
            return self.norm(y)
        except ValueError:
            return y
