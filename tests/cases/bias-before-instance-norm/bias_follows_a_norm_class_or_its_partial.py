# run: Generator(3), (2, 3, 9, 9)
# run: Generator(3, norm_layer=nn.InstanceNorm2d), (2, 3, 9, 9)
# run: Generator(3, norm_layer=functools.partial(nn.InstanceNorm2d, affine=True)), (2, 3, 9, 9)
# run: Generator(3, norm_layer=lambda width: nn.Identity()), (2, 3, 9, 9)

import functools

from torch import nn


class Generator(nn.Module):
    def __init__(self, cin, width=4, norm_layer=nn.BatchNorm2d):
        super().__init__()
        if type(norm_layer) == functools.partial:
            use_bias = norm_layer.func == nn.InstanceNorm2d
        else:
            use_bias = norm_layer == nn.InstanceNorm2d
        layers = [nn.ReflectionPad2d(3), nn.Conv2d(cin, width, 7, bias=use_bias), norm_layer(width), nn.ReLU(True)]  # expect: CB103 unsafe
        layers += [Block(width, norm_layer, use_bias)]  # expect: CB103 unsafe
        layers += [nn.Conv2d(width, 3, 1), nn.Tanh()]
        self.model = nn.Sequential(*layers)

    def forward(self, x):
        return self.model(x)


class Block(nn.Module):
    def __init__(self, width, norm_layer, use_bias):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(width, width, 3, bias=use_bias), norm_layer(width), nn.ReLU(True))

    def forward(self, x):
        return self.body(x)
# output
import functools

from torch import nn


class Generator(nn.Module):
    def __init__(self, cin, width=4, norm_layer=nn.BatchNorm2d):
        super().__init__()
        if type(norm_layer) == functools.partial:
            use_bias = norm_layer.func == nn.InstanceNorm2d
        else:
            use_bias = norm_layer == nn.InstanceNorm2d
        layers = [nn.ReflectionPad2d(3), nn.Conv2d(cin, width, 7, bias=False), norm_layer(width), nn.ReLU(True)]
        layers += [Block(width, norm_layer, False)]
        layers += [nn.Conv2d(width, 3, 1), nn.Tanh()]
        self.model = nn.Sequential(*layers)

    def forward(self, x):
        return self.model(x)


class Block(nn.Module):
    def __init__(self, width, norm_layer, use_bias):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(width, width, 3, bias=use_bias), norm_layer(width), nn.ReLU(True))

    def forward(self, x):
        return self.body(x)
