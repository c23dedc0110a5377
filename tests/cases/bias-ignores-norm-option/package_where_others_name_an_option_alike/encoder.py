# run: Encoder(4), (2, 3, 8, 8)
# run: Encoder(4, norm_layer=None), (2, 3, 8, 8)
# run: small(), (2, 3, 8, 8)
# run: Bottleneck(4, norm_layer=None), (2, 4, 8, 8)
# run: Bottleneck(4, norm_layer=nn.BatchNorm2d), (2, 4, 8, 8)

from torch import nn

from .ops import ConvNormAct


class Bottleneck(nn.Module):
    def __init__(self, width, *, norm_layer):
        super().__init__()
        self.conv = ConvNormAct(width, 2, norm_layer, bias=True)  # silent: nobody is seen to pass a norm

    def forward(self, x):
        return self.conv(x)


class Encoder(nn.Module):
    def __init__(self, width, *, norm_layer=nn.BatchNorm2d):
        super().__init__()
        self.stem = ConvNormAct(3, width, norm_layer, bias=True)  # expect: CB105

    def forward(self, x):
        return self.stem(x)


def small():
    return Encoder(2, norm_layer=nn.InstanceNorm2d)
# output
from torch import nn

from .ops import ConvNormAct


class Bottleneck(nn.Module):
    def __init__(self, width, *, norm_layer):
        super().__init__()
        self.conv = ConvNormAct(width, 2, norm_layer, bias=True)  # silent: nobody is seen to pass a norm

    def forward(self, x):
        return self.conv(x)


class Encoder(nn.Module):
    def __init__(self, width, *, norm_layer=nn.BatchNorm2d):
        super().__init__()
        self.stem = ConvNormAct(3, width, norm_layer, bias=norm_layer not in (nn.InstanceNorm2d, nn.BatchNorm2d))

    def forward(self, x):
        return self.stem(x)


def small():
    return Encoder(2, norm_layer=nn.InstanceNorm2d)
