# run: Net, (2, 3, 8, 8)

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)  # expect: CB104
        self.norm_a = nn.BatchNorm2d(4)
        self.b = nn.Conv2d(4, 4, 3)  # expect: CB104
        self.norm_b = nn.BatchNorm2d(4)
        self.c = nn.Conv2d(4, 4, 1)  # expect: CB104
        self.norm_c = nn.BatchNorm1d(4)

    def forward(self, x):
        x = self.norm_a((self.a(x) * 0.5).contiguous().to(x.dtype)).relu()
        x = self.norm_b(F.interpolate(self.b(x), scale_factor=2.0)).relu()
        return self.norm_c(torch.flatten(self.c(x), 2))
# output
import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3, bias=False)
        self.norm_a = nn.BatchNorm2d(4)
        self.b = nn.Conv2d(4, 4, 3, bias=False)
        self.norm_b = nn.BatchNorm2d(4)
        self.c = nn.Conv2d(4, 4, 1, bias=False)
        self.norm_c = nn.BatchNorm1d(4)

    def forward(self, x):
        x = self.norm_a((self.a(x) * 0.5).contiguous().to(x.dtype)).relu()
        x = self.norm_b(F.interpolate(self.b(x), scale_factor=2.0)).relu()
        return self.norm_c(torch.flatten(self.c(x), 2))
