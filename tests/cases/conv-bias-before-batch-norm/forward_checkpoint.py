# run: Net, (2, 3, 8, 8)

import torch
import torch.utils.checkpoint as cp
from torch import nn
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self, memory_efficient=True):
        super().__init__()
        self.memory_efficient = memory_efficient
        self.conv0 = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm0 = nn.BatchNorm2d(4)
        self.conv = nn.Conv2d(4, 4, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)
        self.tail = nn.Sequential(nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU())  # expect: CB101

    def _inner(self, x):
        return torch.relu(self.norm(self.conv(x)))

    def forward(self, x):
        x = torch.relu(self.norm0(self.conv0(x)))
        if self.memory_efficient and x.requires_grad:
            x = cp.checkpoint(self._inner, x, use_reentrant=False)
        else:
            x = self._inner(x)
        return checkpoint(self.tail, x, use_reentrant=False)
# output
import torch
import torch.utils.checkpoint as cp
from torch import nn
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self, memory_efficient=True):
        super().__init__()
        self.memory_efficient = memory_efficient
        self.conv0 = nn.Conv2d(3, 4, 3, bias=False)
        self.norm0 = nn.BatchNorm2d(4)
        self.conv = nn.Conv2d(4, 4, 1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.tail = nn.Sequential(nn.Conv2d(4, 4, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU())

    def _inner(self, x):
        return torch.relu(self.norm(self.conv(x)))

    def forward(self, x):
        x = torch.relu(self.norm0(self.conv0(x)))
        if self.memory_efficient and x.requires_grad:
            x = cp.checkpoint(self._inner, x, use_reentrant=False)
        else:
            x = self._inner(x)
        return checkpoint(self.tail, x, use_reentrant=False)
