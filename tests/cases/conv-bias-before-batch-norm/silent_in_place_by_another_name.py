# run: Net, (2, 3, 8, 8)

import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    # Each of these changes the convolution's output before the norm is given it.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(3, 4, 3)
        self.c = nn.Conv2d(3, 4, 3)
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)
        self.norm_c = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        a = self.a(x)
        self.relu(a)
        b = self.b(x)
        other = b
        other.relu_()
        c = self.c(x)
        F.relu(c, inplace=True)
        return self.norm_a(a) + self.norm_b(b) + self.norm_c(c)
