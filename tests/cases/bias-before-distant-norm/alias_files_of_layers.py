# run: Named, (2, 3, 8, 8)
# run: Dotted, (2, 3, 8, 8)

import torch
from torch.nn.modules import conv, upsampling
from torch.nn.modules.batchnorm import BatchNorm2d
from torch.nn.modules.module import Module
from torch.nn.modules.upsampling import Upsample


class Named(Module):
    def __init__(self):
        super().__init__()
        self.conv = conv.Conv2d(3, 8, 3)  # expect: CB104
        self.up = Upsample(scale_factor=2)
        self.norm = BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.up(self.conv(x)))


class Dotted(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.modules.conv.Conv2d(3, 8, 3)  # expect: CB104
        self.up = upsampling.Upsample(scale_factor=2)
        self.norm = torch.nn.modules.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.up(self.conv(x)))
# output
import torch
from torch.nn.modules import conv, upsampling
from torch.nn.modules.batchnorm import BatchNorm2d
from torch.nn.modules.module import Module
from torch.nn.modules.upsampling import Upsample


class Named(Module):
    def __init__(self):
        super().__init__()
        self.conv = conv.Conv2d(3, 8, 3, bias=False)
        self.up = Upsample(scale_factor=2)
        self.norm = BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.up(self.conv(x)))


class Dotted(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.modules.conv.Conv2d(3, 8, 3, bias=False)
        self.up = upsampling.Upsample(scale_factor=2)
        self.norm = torch.nn.modules.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.up(self.conv(x)))
