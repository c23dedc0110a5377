# run: Layer, (2, 4, 8, 8)

from torch import nn


class Layer(nn.Sequential):
    """The order of a dense layer: norm, activation, convolution."""

    def __init__(self, channels=4, growth=6):
        super(Layer, self).__init__()
        self.add_module("norm1", nn.BatchNorm2d(channels))
        self.add_module("relu1", nn.ReLU(inplace=True))
        self.add_module("conv1", nn.Conv2d(channels, 4 * growth, kernel_size=1))  # expect: CB101
        self.add_module("norm2", nn.BatchNorm2d(4 * growth))
        self.add_module("relu2", nn.ReLU(inplace=True))
        self.add_module("conv2", nn.Conv2d(4 * growth, growth, kernel_size=3, padding=1))
# output
from torch import nn


class Layer(nn.Sequential):
    """The order of a dense layer: norm, activation, convolution."""

    def __init__(self, channels=4, growth=6):
        super(Layer, self).__init__()
        self.add_module("norm1", nn.BatchNorm2d(channels))
        self.add_module("relu1", nn.ReLU(inplace=True))
        self.add_module("conv1", nn.Conv2d(channels, 4 * growth, kernel_size=1, bias=False))
        self.add_module("norm2", nn.BatchNorm2d(4 * growth))
        self.add_module("relu2", nn.ReLU(inplace=True))
        self.add_module("conv2", nn.Conv2d(4 * growth, growth, kernel_size=3, padding=1))
