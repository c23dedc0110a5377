# run: Net, (2, 3, 8, 8)
# run: Net(True), (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self, features_only=False):
        super().__init__()
        self.features_only = features_only
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        x = self.norm(self.conv(x)).relu()
        if self.features_only:
            return x
        return self.head(x).mean(dim=(2, 3))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self, features_only=False):
        super().__init__()
        self.features_only = features_only
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        x = self.norm(self.conv(x)).relu()
        if self.features_only:
            return x
        return self.head(x).mean(dim=(2, 3))
