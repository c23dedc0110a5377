# run: Net, (2, 3, 8, 8)

# The blocks of the other file take the mean away; this one only tells them to have a bias.

from torch import nn

from .blocks import ConvBlock, conv1x1_block


class Net(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.stem = ConvBlock(3, width, bias=True)  # expect: CB101
        self.mix = conv1x1_block(width, width, bias=True)  # expect: CB101
        self.plain = conv1x1_block(width, width)
        self.head = nn.Conv2d(width, 2, 1, bias=True)

    def forward(self, x):
        return self.head(self.plain(self.mix(self.stem(x))))
# output
# The blocks of the other file take the mean away; this one only tells them to have a bias.

from torch import nn

from .blocks import ConvBlock, conv1x1_block


class Net(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.stem = ConvBlock(3, width, bias=False)
        self.mix = conv1x1_block(width, width, bias=False)
        self.plain = conv1x1_block(width, width)
        self.head = nn.Conv2d(width, 2, 1, bias=True)

    def forward(self, x):
        return self.head(self.plain(self.mix(self.stem(x))))
