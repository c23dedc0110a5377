# run: Net, (2, 3, 16, 16)

from torch import nn


class Net(nn.Module):
    def __init__(self, widths=(8, 16)):
        super().__init__()
        layers = []
        channels = 3
        for width in widths:
            layers += [
                nn.Conv2d(channels, width, kernel_size=3, padding=1),  # expect: CB101
                nn.BatchNorm2d(width),
                nn.ReLU(inplace=True),
            ]
            layers += [nn.MaxPool2d(2)]
            channels = width
        layers.append(nn.Conv2d(channels, 10, 1))
        self.features = nn.Sequential(*layers)

    def forward(self, x):
        return self.features(x).mean((2, 3))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self, widths=(8, 16)):
        super().__init__()
        layers = []
        channels = 3
        for width in widths:
            layers += [
                nn.Conv2d(channels, width, kernel_size=3, padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(inplace=True),
            ]
            layers += [nn.MaxPool2d(2)]
            channels = width
        layers.append(nn.Conv2d(channels, 10, 1))
        self.features = nn.Sequential(*layers)

    def forward(self, x):
        return self.features(x).mean((2, 3))
