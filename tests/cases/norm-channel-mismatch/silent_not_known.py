# run: Net(4), (2, 3, 8, 8)

import torch
from torch import nn


class Net(nn.Module):
    # Widths that are not known, equal widths, and channels that were joined.
    def __init__(self, width, other=4):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(other)
        self.conv2 = nn.Conv2d(4, 2, 3, bias=False)
        self.conv3 = nn.Conv2d(4, 2, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        return self.bn2(torch.cat([self.conv2(x), self.conv3(x)], 1))
