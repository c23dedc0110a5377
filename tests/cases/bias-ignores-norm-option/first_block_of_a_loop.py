# run: Critic, (2, 3, 16, 16)

from torch import nn


class Critic(nn.Module):
    def __init__(self, filters=(8, 8)):
        super().__init__()

        def block(channels, out_channels, first_block=False):
            layers = [nn.Conv2d(channels, out_channels, 3, padding=1)]  # expect: CB105
            if not first_block:
                layers.append(nn.BatchNorm2d(out_channels))
            layers.append(nn.LeakyReLU(0.2))
            return layers

        layers = []
        channels = 3
        for i, out_channels in enumerate(filters):
            layers.extend(block(channels, out_channels, first_block=(i == 0)))
            channels = out_channels
        self.model = nn.Sequential(*layers)

    def forward(self, x):
        return self.model(x)
# output
from torch import nn


class Critic(nn.Module):
    def __init__(self, filters=(8, 8)):
        super().__init__()

        def block(channels, out_channels, first_block=False):
            layers = [nn.Conv2d(channels, out_channels, 3, padding=1, bias=first_block)]
            if not first_block:
                layers.append(nn.BatchNorm2d(out_channels))
            layers.append(nn.LeakyReLU(0.2))
            return layers

        layers = []
        channels = 3
        for i, out_channels in enumerate(filters):
            layers.extend(block(channels, out_channels, first_block=(i == 0)))
            channels = out_channels
        self.model = nn.Sequential(*layers)

    def forward(self, x):
        return self.model(x)
