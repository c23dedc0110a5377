# run: Gate, (2, 3, 8, 8)

import torch
from torch import nn


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.both = nn.Conv2d(3, 8, 1)  # expect: CB104
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)
        self.parts = nn.Conv2d(3, 8, 1)
        self.norm_c = nn.BatchNorm2d(4)

    def forward(self, x):
        a, b = self.both(x).chunk(2, dim=1)
        y = self.norm_a(a) * torch.sigmoid(self.norm_b(b))
        # The second half of these channels meets no norm.
        c, d = torch.split(self.parts(x), 4, dim=1)
        return y + self.norm_c(c) * d
# output
import torch
from torch import nn


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.both = nn.Conv2d(3, 8, 1, bias=False)
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)
        self.parts = nn.Conv2d(3, 8, 1)
        self.norm_c = nn.BatchNorm2d(4)

    def forward(self, x):
        a, b = self.both(x).chunk(2, dim=1)
        y = self.norm_a(a) * torch.sigmoid(self.norm_b(b))
        # The second half of these channels meets no norm.
        c, d = torch.split(self.parts(x), 4, dim=1)
        return y + self.norm_c(c) * d
