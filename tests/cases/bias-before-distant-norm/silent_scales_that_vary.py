# run: Places(4), (2, 4, 6, 6)
# run: Rows(4), (2, 4, 6, 4)
# run: Looked(4), (2, 4, 6, 6), torch.tensor([0, 1])
# run: Twice(4), (2, 4, 6, 6)

import torch
from torch import nn


class Places(nn.Module):
    # A learned number for each place: the bias becomes a pattern.
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 1)
        self.weight = nn.Parameter(torch.rand(6, 6))
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x) * torch.sigmoid(self.weight)))


class Rows(nn.Module):
    # As many numbers as channels, but along the last axis.
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 1)
        self.gamma = nn.Parameter(torch.rand(dim))
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x) * self.gamma))


class Looked(nn.Module):
    # Each sample has a scale of its own.
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 1)
        self.table = nn.Parameter(torch.rand(3, dim, 1, 1))
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x, label):
        return torch.relu(self.norm(self.conv(x) * self.table[label]))


class Twice(nn.Module):
    # The scale is made of what the layer puts out.
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 1)
        self.gamma = nn.Parameter(torch.rand(dim, 1, 1))
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        y = self.conv(x)
        return torch.relu(self.norm(y * (self.gamma + y.mean((2, 3), keepdim=True))))
