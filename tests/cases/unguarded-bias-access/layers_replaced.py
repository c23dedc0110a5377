# What a method has put in a layer's place may have a bias, whatever stood there before.
import torch
from torch import nn


class Merged(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.body = nn.Sequential(nn.Conv2d(width, width, 1, bias=False), nn.BatchNorm2d(width))

    def merged(self):
        factor = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        weight = self.conv.weight * factor.reshape(-1, 1, 1, 1)
        return weight, self.norm.bias - self.norm.running_mean * factor

    def deploy(self):
        weight, bias = self.merged()
        self.conv = nn.Conv2d(self.conv.in_channels, self.conv.out_channels, self.conv.kernel_size)
        self.conv.weight.data = weight
        self.conv.bias.data = bias

    def deploy_if(self, needed):
        if needed:
            self.conv = nn.Conv2d(8, 8, 3)
        self.conv.bias.data.zero_()

    def deploy_body(self):
        self.body[0] = nn.Conv2d(8, 8, 1)
        self.body[0].bias.data.zero_()
        self.body = nn.Sequential(nn.Conv2d(8, 8, 1))
        self.body[0].bias.data.zero_()

    def deploy_all(self):
        self.conv = nn.Conv2d(8, 8, 3)
        self.body[0] = nn.Conv2d(8, 8, 1)
        for part in self.modules():
            if isinstance(part, nn.Conv2d):
                part.bias.data.zero_()

    def convert_further(self):
        self.deploy()
        self.conv.bias.data.zero_()

    def forward(self, x):
        return self.body(self.norm(self.conv(x)))


# Before that, and where something else is put in, it is the layer without a bias.
class Early(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def fuse_too_early(self):
        self.conv.bias.data.zero_()  # expect: CB201
        self.conv = nn.Conv2d(8, 8, 3)

    def fuse_the_norm(self):
        self.norm = nn.Identity()
        self.conv.bias.data.zero_()  # expect: CB201

    def forward(self, x):
        return self.norm(self.conv(x))
# output
# What a method has put in a layer's place may have a bias, whatever stood there before.
import torch
from torch import nn


class Merged(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.body = nn.Sequential(nn.Conv2d(width, width, 1, bias=False), nn.BatchNorm2d(width))

    def merged(self):
        factor = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        weight = self.conv.weight * factor.reshape(-1, 1, 1, 1)
        return weight, self.norm.bias - self.norm.running_mean * factor

    def deploy(self):
        weight, bias = self.merged()
        self.conv = nn.Conv2d(self.conv.in_channels, self.conv.out_channels, self.conv.kernel_size)
        self.conv.weight.data = weight
        self.conv.bias.data = bias

    def deploy_if(self, needed):
        if needed:
            self.conv = nn.Conv2d(8, 8, 3)
        self.conv.bias.data.zero_()

    def deploy_body(self):
        self.body[0] = nn.Conv2d(8, 8, 1)
        self.body[0].bias.data.zero_()
        self.body = nn.Sequential(nn.Conv2d(8, 8, 1))
        self.body[0].bias.data.zero_()

    def deploy_all(self):
        self.conv = nn.Conv2d(8, 8, 3)
        self.body[0] = nn.Conv2d(8, 8, 1)
        for part in self.modules():
            if isinstance(part, nn.Conv2d):
                part.bias.data.zero_()

    def convert_further(self):
        self.deploy()
        self.conv.bias.data.zero_()

    def forward(self, x):
        return self.body(self.norm(self.conv(x)))


# Before that, and where something else is put in, it is the layer without a bias.
class Early(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def fuse_too_early(self):
        if self.conv.bias is not None:
            self.conv.bias.data.zero_()
        self.conv = nn.Conv2d(8, 8, 3)

    def fuse_the_norm(self):
        self.norm = nn.Identity()
        if self.conv.bias is not None:
            self.conv.bias.data.zero_()

    def forward(self, x):
        return self.norm(self.conv(x))
