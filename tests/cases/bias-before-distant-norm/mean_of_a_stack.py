# run: Branches(4), (2, 3, 6, 6)
# run: Two(4), (2, 3, 6, 6)

import torch
from torch import nn


class Branches(nn.Module):
    def __init__(self, width, rates=(1, 2, 3)):
        super().__init__()
        self.branches = nn.ModuleList()
        for rate in rates:
            self.branches.append(nn.Conv2d(3, width, 3, padding=rate, dilation=rate))  # expect: CB104
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        outs = [branch(x) for branch in self.branches]
        return torch.relu(self.norm(torch.stack(outs, dim=1).mean(dim=1)))


class Two(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Conv2d(3, width, 1)  # expect: CB104
        self.b = nn.Conv2d(3, width, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        return torch.relu(self.norm(torch.stack([self.a(x), self.b(x)]).sum(0)))
# output
import torch
from torch import nn


class Branches(nn.Module):
    def __init__(self, width, rates=(1, 2, 3)):
        super().__init__()
        self.branches = nn.ModuleList()
        for rate in rates:
            self.branches.append(nn.Conv2d(3, width, 3, padding=rate, dilation=rate, bias=False))
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        outs = [branch(x) for branch in self.branches]
        return torch.relu(self.norm(torch.stack(outs, dim=1).mean(dim=1)))


class Two(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Conv2d(3, width, 1, bias=False)
        self.b = nn.Conv2d(3, width, 1, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        return torch.relu(self.norm(torch.stack([self.a(x), self.b(x)]).sum(0)))
