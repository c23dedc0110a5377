# run: Net, (2, 3, 8, 8)

from torch import nn

try:
    from mycompany.ops import mix
except ImportError:

    def mix(x):
        return x.abs()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(mix(self.conv(x)))
