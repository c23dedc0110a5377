# The block of the caller runs the shortcut as a whole, if there is one that holds layers.
from functools import partial

from torch import nn

CONVS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


def pooled(x, stride):
    return x[:, :, ::stride]


class ResNet(nn.Module):
    def __init__(self, block, dims=2, shortcut="B"):
        super().__init__()
        conv, norm = CONVS[dims - 1], NORMS[dims - 1]
        self.stem = nn.Sequential(conv(3, 64, 7), norm(64), nn.ReLU())  # expect: CB101
        self.layer1 = self.make_layer(block, conv, norm, shortcut, 64, 1)
        self.layer2 = self.make_layer(block, conv, norm, shortcut, 128, 2)

    def make_layer(self, block, conv, norm, shortcut, width, stride):
        downsample = None
        if stride != 1:
            if shortcut == "A":
                downsample = partial(pooled, stride=stride)
            else:
                downsample = nn.Sequential(
                    conv(width // 2, width, 1, stride=stride),  # expect: CB101
                    norm(width),
                )
        return nn.Sequential(block(width, stride, downsample), block(width, 1, None))

    def forward(self, x):
        return self.layer2(self.layer1(self.stem(x)))


class Bare(nn.Module):
    # Without a norm behind it the layer is used, whoever runs it.
    def __init__(self, block, shortcut=True):
        super().__init__()
        self.norm = nn.BatchNorm2d(64)
        self.layer = block(64, nn.Conv2d(64, 64, 1) if shortcut else nn.Sequential(nn.Conv2d(64, 64, 1)))

    def forward(self, x):
        return self.norm(self.layer(x))
# output
# The block of the caller runs the shortcut as a whole, if there is one that holds layers.
from functools import partial

from torch import nn

CONVS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


def pooled(x, stride):
    return x[:, :, ::stride]


class ResNet(nn.Module):
    def __init__(self, block, dims=2, shortcut="B"):
        super().__init__()
        conv, norm = CONVS[dims - 1], NORMS[dims - 1]
        self.stem = nn.Sequential(conv(3, 64, 7, bias=False), norm(64), nn.ReLU())
        self.layer1 = self.make_layer(block, conv, norm, shortcut, 64, 1)
        self.layer2 = self.make_layer(block, conv, norm, shortcut, 128, 2)

    def make_layer(self, block, conv, norm, shortcut, width, stride):
        downsample = None
        if stride != 1:
            if shortcut == "A":
                downsample = partial(pooled, stride=stride)
            else:
                downsample = nn.Sequential(
                    conv(width // 2, width, 1, stride=stride, bias=False),
                    norm(width),
                )
        return nn.Sequential(block(width, stride, downsample), block(width, 1, None))

    def forward(self, x):
        return self.layer2(self.layer1(self.stem(x)))


class Bare(nn.Module):
    # Without a norm behind it the layer is used, whoever runs it.
    def __init__(self, block, shortcut=True):
        super().__init__()
        self.norm = nn.BatchNorm2d(64)
        self.layer = block(64, nn.Conv2d(64, 64, 1) if shortcut else nn.Sequential(nn.Conv2d(64, 64, 1)))

    def forward(self, x):
        return self.norm(self.layer(x))
