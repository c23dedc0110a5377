# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 4, 3)  # expect: CB101
        self.bn2 = nn.BatchNorm2d(4)

    def _unit(self, conv, norm, x):
        return norm(conv(x)).clamp(min=0)

    def features(self, x):
        x = self._unit(self.conv1, self.bn1, x)
        return self._unit(self.conv2, self.bn2, x)

    def forward(self, x):
        return self.features(x).flatten(1)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 4, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(4)

    def _unit(self, conv, norm, x):
        return norm(conv(x)).clamp(min=0)

    def features(self, x):
        x = self._unit(self.conv1, self.bn1, x)
        return self._unit(self.conv2, self.bn2, x)

    def forward(self, x):
        return self.features(x).flatten(1)
