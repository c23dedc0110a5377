# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        net = nn.Sequential(nn.Conv2d(3, 8, 3))  # expect: CB101
        net.append(nn.BatchNorm2d(8))
        net.append(nn.ReLU())
        net.extend([nn.Conv2d(8, 8, 3), nn.BatchNorm2d(8)])  # expect: CB101
        net.insert(0, nn.Identity())
        self.net = net

    def forward(self, x):
        return self.net(x)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        net = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False))
        net.append(nn.BatchNorm2d(8))
        net.append(nn.ReLU())
        net.extend([nn.Conv2d(8, 8, 3, bias=False), nn.BatchNorm2d(8)])
        net.insert(0, nn.Identity())
        self.net = net

    def forward(self, x):
        return self.net(x)
