from torch import nn


class ConvNormAct(nn.Sequential):
    def __init__(self, cin, cout, norm_layer=nn.BatchNorm2d, bias=None):
        if bias is None:
            bias = norm_layer is None
        layers = [nn.Conv2d(cin, cout, 3, bias=bias)]  # expect: CB105 unsafe
        if norm_layer is not None:
            layers.append(norm_layer(cout))
        super().__init__(*layers, nn.ReLU())
# output
from torch import nn


class ConvNormAct(nn.Sequential):
    def __init__(self, cin, cout, norm_layer=nn.BatchNorm2d, bias=None):
        if bias is None:
            bias = norm_layer is None
        layers = [nn.Conv2d(cin, cout, 3, bias=bias and norm_layer is not nn.BatchNorm2d)]
        if norm_layer is not None:
            layers.append(norm_layer(cout))
        super().__init__(*layers, nn.ReLU())
