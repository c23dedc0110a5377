# run: Net, (2, 3, 8, 8)

import torch
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    # F.conv2d with a weight in hand: the layer's own bias is not used by the call.
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 1)  # expect: CB104
        self.weight = nn.Parameter(torch.randn(4, 4, 3, 3))
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(F.conv2d(self.first(x), self.weight)).relu()
# output
import torch
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    # F.conv2d with a weight in hand: the layer's own bias is not used by the call.
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 1, bias=False)
        self.weight = nn.Parameter(torch.randn(4, 4, 3, 3))
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(F.conv2d(self.first(x), self.weight)).relu()
