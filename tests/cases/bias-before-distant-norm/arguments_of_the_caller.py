# run: Convolved(), (2, 3, 8, 8), 1, 1
# run: Pooled(), (2, 3, 8, 8), 2, 1
# run: Built((8, 3)), (2, 3, 8, 8)

import torch.nn.functional as F
from torch import nn


class Convolved(nn.Module):
    """Whoever calls it may ask for zeros at the border."""

    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 8, 1)
        self.two = nn.Conv2d(8, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, *how):
        return self.norm(F.conv2d(self.one(x), self.two.weight, None, *how))


class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, *how, **more):
        return self.norm(F.avg_pool2d(self.one(x), 3, *how, **more))


class Built(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.conv = nn.Conv2d(3, *sizes, 1, 0, 1, 1)  # expect: CB101 no-fix
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
