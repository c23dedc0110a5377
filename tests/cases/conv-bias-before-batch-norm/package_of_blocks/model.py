# run: Net, (2, 3, 8, 8)

import torch
from torch import nn

from package_of_blocks import layers
from package_of_blocks.blocks import ConvBlock, Stem
from .layers import conv3x3 as conv


class Net(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.stem = Stem(width)
        self.block = ConvBlock(width, width)
        self.conv = conv(width, width, stride=2)  # expect: CB101
        self.norm = nn.BatchNorm2d(width)
        self.head = layers.bare(width, 2)

    def forward(self, x):
        x = self.block(torch.relu(self.stem(x)))
        return self.head(self.norm(self.conv(x)).relu())
# output
import torch
from torch import nn

from package_of_blocks import layers
from package_of_blocks.blocks import ConvBlock, Stem
from .layers import conv3x3 as conv


class Net(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.stem = Stem(width)
        self.block = ConvBlock(width, width)
        self.conv = conv(width, width, stride=2, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.head = layers.bare(width, 2)

    def forward(self, x):
        x = self.block(torch.relu(self.stem(x)))
        return self.head(self.norm(self.conv(x)).relu())
