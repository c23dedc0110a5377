# run: Net, (2, 3, 8, 8)

from torch import nn


class ConvBNReLU(nn.Sequential):
    def __init__(self, in_planes, out_planes, kernel_size=3, stride=1, groups=1):
        padding = (kernel_size - 1) // 2
        super().__init__(
            nn.Conv2d(in_planes, out_planes, kernel_size, stride, padding, groups=groups),  # expect: CB101
            nn.BatchNorm2d(out_planes),
            nn.ReLU6(inplace=True),
        )


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = ConvBNReLU(3, 8, stride=2)
        self.body = nn.Sequential(ConvBNReLU(8, 8, groups=8), nn.Conv2d(8, 4, 1))

    def forward(self, x):
        return self.body(self.stem(x))
# output
from torch import nn


class ConvBNReLU(nn.Sequential):
    def __init__(self, in_planes, out_planes, kernel_size=3, stride=1, groups=1):
        padding = (kernel_size - 1) // 2
        super().__init__(
            nn.Conv2d(in_planes, out_planes, kernel_size, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(out_planes),
            nn.ReLU6(inplace=True),
        )


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = ConvBNReLU(3, 8, stride=2)
        self.body = nn.Sequential(ConvBNReLU(8, 8, groups=8), nn.Conv2d(8, 4, 1))

    def forward(self, x):
        return self.body(self.stem(x))
