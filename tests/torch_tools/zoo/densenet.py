"""DenseNet: norms come before convolutions, so only some biases are redundant."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn


class DenseLayer(nn.Module):
    def __init__(self, channels, growth):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, 4 * growth, kernel_size=1)
        self.norm2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = nn.Conv2d(4 * growth, growth, kernel_size=3, padding=1)

    def forward(self, x):
        y = self.conv1(F.relu(self.norm1(x)))
        y = self.conv2(F.relu(self.norm2(y)))
        return torch.cat([x, y], 1)


class DenseNet(nn.Module):
    def __init__(self, growth=4, classes=5):
        super().__init__()
        self.conv0 = nn.Conv2d(3, 8, 3, padding=1)
        self.norm0 = nn.BatchNorm2d(8)
        self.dense1 = nn.Sequential(DenseLayer(8, growth), DenseLayer(8 + growth, growth))
        channels = 8 + 2 * growth
        self.transition = nn.Sequential(
            nn.BatchNorm2d(channels), nn.ReLU(), nn.Conv2d(channels, channels // 2, 1), nn.AvgPool2d(2)
        )
        self.dense2 = DenseLayer(channels // 2, growth)
        self.norm5 = nn.BatchNorm2d(channels // 2 + growth)
        self.classifier = nn.Linear(channels // 2 + growth, classes)

    def forward(self, x):
        x = F.relu(self.norm0(self.conv0(x)))
        x = self.dense2(self.transition(self.dense1(x)))
        x = F.adaptive_avg_pool2d(F.relu(self.norm5(x)), 1)
        return self.classifier(x.flatten(1))
