from torch import nn


class ConvBlock(nn.Module):
    def __init__(self, channels, out_channels, kernel_size=3, bias=False):
        super().__init__()
        self.conv = nn.Conv2d(channels, out_channels, kernel_size, padding=kernel_size // 2, bias=bias)
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


def conv1x1_block(channels, out_channels, **kwargs):
    return ConvBlock(channels, out_channels, 1, **kwargs)
