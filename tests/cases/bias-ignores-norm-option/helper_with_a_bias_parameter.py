# run: Net, (2, 3, 8, 8)

import torch.nn as nn


def conv(cin, cout, k=3, stride=1, bias=True):
    return nn.Conv2d(cin, cout, k, stride=stride, padding=k // 2, bias=bias)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            conv(3, 4),  # expect: CB101
            nn.BatchNorm2d(4),
            nn.ReLU(),
            conv(4, 4, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            conv(4, 2, 1),
        )

    def forward(self, x):
        return self.net(x)
# output
import torch.nn as nn


def conv(cin, cout, k=3, stride=1, bias=True):
    return nn.Conv2d(cin, cout, k, stride=stride, padding=k // 2, bias=bias)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            conv(3, 4, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            conv(4, 4, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            conv(4, 2, 1),
        )

    def forward(self, x):
        return self.net(x)
