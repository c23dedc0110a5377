# run: Block(4), (2, 4, 6, 6)
# run: Block(4, init=0), (2, 4, 6, 6)
# run: Tokens(4), (2, 5, 4)
# run: Gains(4), (2, 4, 6, 6)

import torch
from torch import nn


class Block(nn.Module):
    # A learned number for each channel: what it makes of the bias is a constant of the channel as before.
    def __init__(self, dim, init=1e-2):
        super().__init__()
        self.mix = nn.Conv2d(dim, dim, 3, padding=1)
        self.conv = nn.Conv2d(dim, dim, 1)  # expect: CB104
        self.gamma = nn.Parameter(init * torch.ones(dim)) if init else None
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        y = self.conv(torch.relu(self.mix(x)))
        if self.gamma is not None:
            y = y.mul(self.gamma.reshape(1, -1, 1, 1))
        return torch.relu(self.norm(x + y))


class LayerScale(nn.Module):
    def __init__(self, dim, init_values=1e-2, inplace=False):
        super().__init__()
        self.inplace = inplace
        self.gamma = nn.Parameter(init_values * torch.ones(dim))

    def forward(self, x):
        return x.mul_(self.gamma) if self.inplace else x * self.gamma


class Tokens(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)  # expect: CB104
        self.scale = LayerScale(dim)
        self.norm = nn.BatchNorm1d(dim)

    def forward(self, x):
        x = x + self.scale(self.fc(x))
        return torch.relu(self.norm(x.transpose(1, 2)))


class Gains(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.a = nn.Conv2d(dim, dim, 1)  # expect: CB104
        self.b = nn.Conv2d(dim, dim, 1)  # expect: CB104
        self.c = nn.Conv2d(dim, dim, 1)  # expect: CB104
        self.gain = nn.Parameter(torch.tensor(0.5))
        self.width = nn.Parameter(torch.full((dim,), 0.1))
        self.register_buffer("part", torch.ones(1, dim, 1, 1))
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        y = torch.sigmoid(self.gain) * self.a(x)
        y = y + self.b(x) * self.width[:, None, None].exp()
        return torch.relu(self.norm(y + self.c(x) / self.part))
# output
import torch
from torch import nn


class Block(nn.Module):
    # A learned number for each channel: what it makes of the bias is a constant of the channel as before.
    def __init__(self, dim, init=1e-2):
        super().__init__()
        self.mix = nn.Conv2d(dim, dim, 3, padding=1)
        self.conv = nn.Conv2d(dim, dim, 1, bias=False)
        self.gamma = nn.Parameter(init * torch.ones(dim)) if init else None
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        y = self.conv(torch.relu(self.mix(x)))
        if self.gamma is not None:
            y = y.mul(self.gamma.reshape(1, -1, 1, 1))
        return torch.relu(self.norm(x + y))


class LayerScale(nn.Module):
    def __init__(self, dim, init_values=1e-2, inplace=False):
        super().__init__()
        self.inplace = inplace
        self.gamma = nn.Parameter(init_values * torch.ones(dim))

    def forward(self, x):
        return x.mul_(self.gamma) if self.inplace else x * self.gamma


class Tokens(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim, bias=False)
        self.scale = LayerScale(dim)
        self.norm = nn.BatchNorm1d(dim)

    def forward(self, x):
        x = x + self.scale(self.fc(x))
        return torch.relu(self.norm(x.transpose(1, 2)))


class Gains(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.a = nn.Conv2d(dim, dim, 1, bias=False)
        self.b = nn.Conv2d(dim, dim, 1, bias=False)
        self.c = nn.Conv2d(dim, dim, 1, bias=False)
        self.gain = nn.Parameter(torch.tensor(0.5))
        self.width = nn.Parameter(torch.full((dim,), 0.1))
        self.register_buffer("part", torch.ones(1, dim, 1, 1))
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        y = torch.sigmoid(self.gain) * self.a(x)
        y = y + self.b(x) * self.width[:, None, None].exp()
        return torch.relu(self.norm(y + self.c(x) / self.part))
