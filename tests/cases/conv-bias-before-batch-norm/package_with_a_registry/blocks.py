from torch import nn

from .registry import Conv, Norm


class Unit(nn.Sequential):
    def __init__(self, dims, cin, cout, norm=None, up=False, kernel_size=2):
        super().__init__()
        conv_type = Conv[Conv.UP if up else Conv.CONV, dims]
        self.add_module("conv", conv_type(cin, cout, kernel_size))
        if norm is not None:
            self.add_module("norm", Norm[norm, dims](cout))
        self.add_module("act", nn.ReLU())
