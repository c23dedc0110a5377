# run: Net, (2, 3, 8, 8)

import torch
from torch import nn


class Net(nn.Module):
    # Zeros beside the output, and other outputs added to a part of it.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(3, 4, 3)
        self.c = nn.Conv2d(3, 4, 3)
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)
        self.norm_c = nn.BatchNorm2d(4)

    def forward(self, x):
        a = self.a(x)
        a = torch.cat([torch.zeros_like(a[..., :1]), a], dim=3)
        b = self.b(x)
        canvas = b.new_zeros(2, 4, 10, 10)
        canvas[:, :, 2:8, 2:8] = b
        c = nn.functional.pad(self.c(x), [0, 0, 1, 0], "constant", 0)
        return self.norm_a(a), self.norm_b(canvas), self.norm_c(c)
