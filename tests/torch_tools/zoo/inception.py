"""Branches joined along the channels, with an auxiliary head that only training uses."""

import torch
from torch import nn


class BasicConv(nn.Module):
    def __init__(self, inside, outside, kernel_size, stride=1, padding=0):
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, kernel_size, stride, padding)
        self.bn = nn.BatchNorm2d(outside, eps=0.001)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, classes=5):
        super().__init__()
        self.stem = BasicConv(3, 8, kernel_size=3, stride=2)
        self.branch1 = BasicConv(8, 4, kernel_size=1)
        self.branch2 = nn.Sequential(
            BasicConv(8, 4, kernel_size=1), BasicConv(4, 4, kernel_size=3, padding=1)
        )
        self.branch3 = nn.Sequential(nn.AvgPool2d(3, 1, 1), BasicConv(8, 4, kernel_size=1))
        self.aux = nn.Sequential(BasicConv(12, 4, kernel_size=1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.aux_fc = nn.Linear(4, classes)
        self.fc = nn.Linear(12, classes)

    def forward(self, x):
        x = self.stem(x)
        x = torch.cat([self.branch1(x), self.branch2(x), self.branch3(x)], 1)
        out = self.fc(x.mean((2, 3)))
        if self.training:
            return out, self.aux_fc(self.aux(x))
        return out
