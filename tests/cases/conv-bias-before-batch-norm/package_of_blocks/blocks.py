import torch.nn as nn

from .layers import conv3x3


class ConvBlock(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = conv3x3(cin, cout)  # expect: CB101
        self.norm = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Stem(nn.Sequential):
    def __init__(self, cout):
        super().__init__(nn.Conv2d(3, cout, 1), nn.BatchNorm2d(cout))  # expect: CB101
# output
import torch.nn as nn

from .layers import conv3x3


class ConvBlock(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = conv3x3(cin, cout, bias=False)
        self.norm = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Stem(nn.Sequential):
    def __init__(self, cout):
        super().__init__(nn.Conv2d(3, cout, 1, bias=False), nn.BatchNorm2d(cout))
