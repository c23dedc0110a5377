# run: Net, (2, 3, 8, 8)

import torch
from torch import nn


def normalised(layer, norm, value, activation=torch.relu):
    return activation(norm(layer(value)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.bn = nn.BatchNorm2d(4)

    def forward(self, x):
        return normalised(self.conv, self.bn, x, activation=torch.tanh)
# output
import torch
from torch import nn


def normalised(layer, norm, value, activation=torch.relu):
    return activation(norm(layer(value)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.bn = nn.BatchNorm2d(4)

    def forward(self, x):
        return normalised(self.conv, self.bn, x, activation=torch.tanh)
