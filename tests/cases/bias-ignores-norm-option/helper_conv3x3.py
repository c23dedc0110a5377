# run: Net, (2, 3, 8, 8)

import torch.nn as nn


def conv3x3(in_planes, out_planes, stride=1, groups=1):
    """3x3 convolution with padding"""
    return nn.Conv2d(in_planes, out_planes, kernel_size=3, stride=stride, padding=1, groups=groups)  # expect: CB101 unsafe


def conv1x1(in_planes, out_planes, stride=1):
    # Called twice, and one of the calls needs the bias.
    return nn.Conv2d(in_planes, out_planes, kernel_size=1, stride=stride)  # silent: two kinds of callers


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = conv3x3(3, 4)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = conv3x3(4, 4, stride=2)
        self.bn2 = nn.BatchNorm2d(4)
        self.conv3 = conv1x1(4, 4)
        self.bn3 = nn.BatchNorm2d(4)
        self.head = conv1x1(4, 2)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.bn2(self.conv2(x)).relu()
        x = self.bn3(self.conv3(x)).relu()
        return self.head(x)
# output
import torch.nn as nn


def conv3x3(in_planes, out_planes, stride=1, groups=1):
    """3x3 convolution with padding"""
    return nn.Conv2d(in_planes, out_planes, kernel_size=3, stride=stride, padding=1, groups=groups, bias=False)


def conv1x1(in_planes, out_planes, stride=1):
    # Called twice, and one of the calls needs the bias.
    return nn.Conv2d(in_planes, out_planes, kernel_size=1, stride=stride)  # silent: two kinds of callers


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = conv3x3(3, 4)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = conv3x3(4, 4, stride=2)
        self.bn2 = nn.BatchNorm2d(4)
        self.conv3 = conv1x1(4, 4)
        self.bn3 = nn.BatchNorm2d(4)
        self.head = conv1x1(4, 2)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.bn2(self.conv2(x)).relu()
        x = self.bn3(self.conv3(x)).relu()
        return self.head(x)
