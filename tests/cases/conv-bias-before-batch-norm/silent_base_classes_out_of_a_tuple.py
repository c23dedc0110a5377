# run: Net, (2, 3, 8, 8)

from torch import nn


class FirstPartOnly:
    def forward(self, x):
        return self[0](x)


BASES = (FirstPartOnly,)


class Net(*BASES, nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 8, 3),  # a base class in the tuple has a forward of its own
            nn.BatchNorm2d(8),
        )
