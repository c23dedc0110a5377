# run: Joined(4), (2, 4, 3, 4)
# run: Later(4), (4, 4, 3, 4)
# run: Halves(4), (2, 4, 3, 4)
# run: Turned(4), (2, 4, 4, 4)
# run: Outer(4), (2, 4, 6, 6)

import torch
from torch import nn


class Joined(nn.Module):
    # Eight channels, viewed as four: each holds two biases.
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.a = nn.Conv2d(dim, dim, 1)
        self.b = nn.Conv2d(dim, dim, 1)
        self.norm = nn.BatchNorm1d(dim)

    def forward(self, x):
        y = torch.cat([self.a(x), self.b(x)], 1)
        return torch.relu(self.norm(y.view(y.size(0), self.dim, -1)))


class Later(nn.Module):
    # Another layer says how many channels there are by now.
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.a = nn.Conv2d(dim, dim, 1)
        self.b = nn.Conv2d(dim, 2 * dim, 1)
        self.norm = nn.BatchNorm1d(dim)

    def forward(self, x):
        y = self.b(self.a(x))
        return torch.relu(self.norm(y.view(x.size(0), self.dim, -1)))


class Halves(nn.Module):
    # A slice has fewer channels than the layer made: as many rows as there were channels are half ones.
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.a = nn.Conv2d(dim, 2 * dim, 1)  # silent: each row still lies within one channel
        self.norm = nn.BatchNorm1d(2 * dim)

    def forward(self, x):
        y = self.a(x)[:, : self.dim].contiguous()
        return torch.relu(self.norm(y.view(x.size(0), 2 * self.dim, -1)))


class Turned(nn.Module):
    # As many rows as channels: where the code reshapes instead of permuting, only the sizes are right.
    def __init__(self, dim):
        super().__init__()
        self.a = nn.Conv2d(dim, dim, 1)
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        B, C, H, W = x.shape
        y = self.a(x).permute(0, 2, 3, 1)
        return torch.relu(self.norm(y.reshape(B, C, H, W)))


class Outer(nn.Module):
    # The batch in the shape is that of another tensor.
    def __init__(self, dim):
        super().__init__()
        self.a = nn.Conv2d(dim, dim, 1)
        self.norm = nn.BatchNorm1d(dim // 2)

    def forward(self, x):
        y = self.a(x)
        parts = y.reshape(y.size(0) * 2, -1, y.size(3))
        rows = y.reshape(parts.size(0), y.size(1) // 2, -1)
        return torch.relu(self.norm(rows.transpose(0, 1).reshape(4, 2, -1)))
