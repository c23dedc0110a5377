# run: Net, (4, 3, 8, 8)

import torch
from torch import nn


class Net(nn.Module):
    # Half of the batch goes through the norm with the bias and half without: what is seen is the difference.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        a, b = x[:2], x[2:]
        return self.norm(torch.cat([self.conv(a), b], dim=0))
