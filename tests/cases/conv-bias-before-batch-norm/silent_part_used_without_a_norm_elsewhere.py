# run: Normed, (2, 3, 8, 8)
# run: Plain, (2, 3, 8, 8)

import torch.nn as nn
import torch.nn.functional as F


class Unit(nn.Module):
    def __init__(self, width_in, width_out):
        super().__init__()
        self.conv = nn.Conv2d(width_in, width_out, 3)  # silent: another class has no norm behind it

    def forward(self, x):
        return self.conv(x)


class Normed(nn.Module):
    def __init__(self):
        super().__init__()
        self.u = Unit(3, 8)
        self.bn = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.bn(self.u(x))


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.u = Unit(3, 8)

    def forward(self, x):
        return F.relu(self.u(x))
