"""U-Nets in two and three dimensions."""

import torch
from torch import nn


class DoubleConv(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        self.double_conv = nn.Sequential(
            nn.Conv2d(inside, outside, kernel_size=3, padding=1),
            nn.BatchNorm2d(outside),
            nn.ReLU(inplace=True),
            nn.Conv2d(outside, outside, kernel_size=3, padding=1),
            nn.BatchNorm2d(outside),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.double_conv(x)


class UNet(nn.Module):
    def __init__(self, channels=3, classes=2):
        super().__init__()
        self.inc = DoubleConv(channels, 8)
        self.down1 = nn.Sequential(nn.MaxPool2d(2), DoubleConv(8, 16))
        self.down2 = nn.Sequential(nn.MaxPool2d(2), DoubleConv(16, 16))
        self.up1 = nn.ConvTranspose2d(16, 16, kernel_size=2, stride=2)
        self.conv1 = DoubleConv(32, 8)
        self.up2 = nn.ConvTranspose2d(8, 8, kernel_size=2, stride=2)
        self.conv2 = DoubleConv(16, 8)
        self.outc = nn.Conv2d(8, classes, kernel_size=1)

    def forward(self, x):
        x1 = self.inc(x)
        x2 = self.down1(x1)
        x3 = self.down2(x2)
        x = self.conv1(torch.cat([x2, self.up1(x3)], dim=1))
        x = self.conv2(torch.cat([x1, self.up2(x)], dim=1))
        return self.outc(x)


class UNet3d(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc1 = nn.Conv3d(1, 6, 3, padding=1)
        self.norm1 = nn.InstanceNorm3d(6, affine=True)
        self.enc2 = nn.Conv3d(6, 12, 3, stride=2, padding=1)
        self.norm2 = nn.BatchNorm3d(12)
        self.up = nn.ConvTranspose3d(12, 6, 2, stride=2)
        self.norm3 = nn.BatchNorm3d(6)
        self.head = nn.Conv3d(12, 2, 1)

    def forward(self, x):
        skip = torch.relu(self.norm1(self.enc1(x)))
        deep = torch.relu(self.norm2(self.enc2(skip)))
        return self.head(torch.cat([skip, torch.relu(self.norm3(self.up(deep)))], dim=1))
