# run: Factory(3).stage(8), (2, 3, 8, 8)
# run: Factory(3).bare(8), (2, 3, 8, 8)
# run: Factory(3).bare(101), (2, 3, 8, 8)

"""A class that is no module, with methods that build some."""

from torch import nn


class Factory:
    def __init__(self, channels):
        self.channels = channels

    def stage(self, width):
        return nn.Sequential(
            nn.Conv2d(self.channels, width, 3, padding=1),  # expect: CB101
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )

    def bare(self, width):
        layers = [nn.Conv2d(self.channels, width, 3)]  # expect: CB105
        if width > 100:
            layers.append(nn.BatchNorm2d(width))
        return nn.Sequential(*layers)


# output
"""A class that is no module, with methods that build some."""

from torch import nn


class Factory:
    def __init__(self, channels):
        self.channels = channels

    def stage(self, width):
        return nn.Sequential(
            nn.Conv2d(self.channels, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )

    def bare(self, width):
        layers = [nn.Conv2d(self.channels, width, 3, bias=width <= 100)]
        if width > 100:
            layers.append(nn.BatchNorm2d(width))
        return nn.Sequential(*layers)


