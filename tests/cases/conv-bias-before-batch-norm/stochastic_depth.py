# run: Block(4), (4, 4, 8, 8)

import torch
from torch import nn


def drop_path(x, p, training):
    if p == 0.0 or not training:
        return x
    keep = torch.rand(x.shape[0], 1, 1, 1, dtype=x.dtype) > p
    return x * keep / (1 - p)


class Block(nn.Module):
    # Some samples lose their bias, and the norm behind sees it; the norm in front does not.
    def __init__(self, c, p=0.5):
        super().__init__()
        self.p = p
        self.conv1 = nn.Conv2d(c, c, 3, padding=1)  # expect: CB101
        self.norm1 = nn.BatchNorm2d(c)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)
        self.norm2 = nn.BatchNorm2d(c)

    def forward(self, x):
        x = x + drop_path(self.norm1(self.conv1(x)), self.p, self.training)
        return self.norm2(drop_path(self.conv2(x), self.p, self.training))
# output
import torch
from torch import nn


def drop_path(x, p, training):
    if p == 0.0 or not training:
        return x
    keep = torch.rand(x.shape[0], 1, 1, 1, dtype=x.dtype) > p
    return x * keep / (1 - p)


class Block(nn.Module):
    # Some samples lose their bias, and the norm behind sees it; the norm in front does not.
    def __init__(self, c, p=0.5):
        super().__init__()
        self.p = p
        self.conv1 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(c)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)
        self.norm2 = nn.BatchNorm2d(c)

    def forward(self, x):
        x = x + drop_path(self.norm1(self.conv1(x)), self.p, self.training)
        return self.norm2(drop_path(self.conv2(x), self.p, self.training))
