# run: Net, (2, 3, 8, 8)

import torch
from torch import nn


class Net(nn.Module):
    # Instance and batch norm by halves, where one half is passed on as it is.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(4)

    def forward(self, x):
        a, b = torch.chunk(self.conv(x), 2, dim=1)
        return torch.cat([self.bn(a), b], dim=1)
