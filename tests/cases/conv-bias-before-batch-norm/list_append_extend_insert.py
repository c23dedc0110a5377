# run: build(3), (2, 3, 12, 12)

from torch import nn


def build(depth):
    layers = [nn.BatchNorm2d(8)]
    layers.insert(0, nn.Conv2d(3, 8, 3))  # expect: CB101
    layers.append(nn.ReLU())
    layers.extend([
        nn.Conv2d(8, 8, 3),  # expect: CB101
        nn.BatchNorm2d(8),
    ])
    tail = [nn.ReLU()] + [nn.Conv2d(8, 4, 1)] + [nn.BatchNorm2d(4)]  # expect: CB101
    return nn.Sequential(*(layers + tail))
# output
from torch import nn


def build(depth):
    layers = [nn.BatchNorm2d(8)]
    layers.insert(0, nn.Conv2d(3, 8, 3, bias=False))
    layers.append(nn.ReLU())
    layers.extend([
        nn.Conv2d(8, 8, 3, bias=False),
        nn.BatchNorm2d(8),
    ])
    tail = [nn.ReLU()] + [nn.Conv2d(8, 4, 1, bias=False)] + [nn.BatchNorm2d(4)]
    return nn.Sequential(*(layers + tail))
