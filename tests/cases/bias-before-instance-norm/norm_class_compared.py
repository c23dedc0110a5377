# run: Resnet(torch.nn.InstanceNorm2d), (2, 3, 8, 8)
# run: Resnet(), (2, 3, 8, 8)

import functools

import torch.nn as nn


class Resnet(nn.Module):
    # The old wisdom that an instance norm needs the bias: it does not.
    def __init__(self, norm_layer=nn.BatchNorm2d):
        super().__init__()
        if type(norm_layer) == functools.partial:
            use_bias = norm_layer.func == nn.InstanceNorm2d
        else:
            use_bias = norm_layer == nn.InstanceNorm2d
        self.model = nn.Sequential(
            nn.ReflectionPad2d(1),
            nn.Conv2d(3, 4, kernel_size=3, padding=0, bias=use_bias),  # expect: CB103 unsafe
            norm_layer(4),
            nn.ReLU(True),
        )

    def forward(self, x):
        return self.model(x)
# output
import functools

import torch.nn as nn


class Resnet(nn.Module):
    # The old wisdom that an instance norm needs the bias: it does not.
    def __init__(self, norm_layer=nn.BatchNorm2d):
        super().__init__()
        if type(norm_layer) == functools.partial:
            use_bias = norm_layer.func == nn.InstanceNorm2d
        else:
            use_bias = norm_layer == nn.InstanceNorm2d
        self.model = nn.Sequential(
            nn.ReflectionPad2d(1),
            nn.Conv2d(3, 4, kernel_size=3, padding=0, bias=False),
            norm_layer(4),
            nn.ReLU(True),
        )

    def forward(self, x):
        return self.model(x)
