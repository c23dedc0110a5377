# run: ResidualBlock(4), (2, 4, 8, 8)

import torch.nn as nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.pad = nn.ReflectionPad2d(1)
        self.conv1 = nn.Conv2d(channels, channels, 3)  # expect: CB103
        self.in1 = nn.InstanceNorm2d(channels, affine=True)
        self.conv2 = nn.Conv2d(channels, channels, 3)  # expect: CB103
        self.in2 = nn.InstanceNorm2d(channels, affine=True)

    def forward(self, x):
        out = self.in1(self.conv1(self.pad(x))).relu()
        out = self.in2(self.conv2(self.pad(out)))
        return out + x
# output
import torch.nn as nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.pad = nn.ReflectionPad2d(1)
        self.conv1 = nn.Conv2d(channels, channels, 3, bias=False)
        self.in1 = nn.InstanceNorm2d(channels, affine=True)
        self.conv2 = nn.Conv2d(channels, channels, 3, bias=False)
        self.in2 = nn.InstanceNorm2d(channels, affine=True)

    def forward(self, x):
        out = self.in1(self.conv1(self.pad(x))).relu()
        out = self.in2(self.conv2(self.pad(out)))
        return out + x
