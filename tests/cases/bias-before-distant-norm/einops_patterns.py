# run: Tokens(4), (2, 3, 4, 6)
# run: Layers(4), (2, 3, 4, 6)
# run: Pooled(4), (2, 3, 4, 6)

import torch
from einops import rearrange, reduce, repeat
from einops.layers.torch import Rearrange
from torch import nn


class Tokens(nn.Module):
    # The pattern names the axes: the channels are followed through it.
    def __init__(self, width):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 1)  # expect: CB104
        self.fc = nn.Linear(width, width)  # expect: CB104
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        h, w = x.shape[-2:]
        y = rearrange(self.stem(x), "b c h w -> b (h w) c")
        return torch.relu(self.norm(rearrange(self.fc(y), "b (h w) c -> b c h w", h=h, w=w)))


class Layers(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, width, 1),  # expect: CB104
            Rearrange("b c h w -> (b h) c w"),
            nn.BatchNorm1d(width),
            nn.ReLU(),
        )

    def forward(self, x):
        return self.net(x)


class Pooled(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1)  # expect: CB104
        self.norm = nn.BatchNorm1d(width)
        self.last = nn.Linear(width, width)  # expect: CB104
        self.out = nn.BatchNorm1d(width)

    def forward(self, x):
        y = reduce(self.conv(x), "b c (h h2) w -> b c (h w)", "max", h2=2)
        y = self.last(rearrange(torch.relu(self.norm(y)), "b c ... -> b ... c"))
        return torch.relu(self.out(repeat(y, "b n c -> b c (n again)", again=2)))
# output
import torch
from einops import rearrange, reduce, repeat
from einops.layers.torch import Rearrange
from torch import nn


class Tokens(nn.Module):
    # The pattern names the axes: the channels are followed through it.
    def __init__(self, width):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 1, bias=False)
        self.fc = nn.Linear(width, width, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        h, w = x.shape[-2:]
        y = rearrange(self.stem(x), "b c h w -> b (h w) c")
        return torch.relu(self.norm(rearrange(self.fc(y), "b (h w) c -> b c h w", h=h, w=w)))


class Layers(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, width, 1, bias=False),
            Rearrange("b c h w -> (b h) c w"),
            nn.BatchNorm1d(width),
            nn.ReLU(),
        )

    def forward(self, x):
        return self.net(x)


class Pooled(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1, bias=False)
        self.norm = nn.BatchNorm1d(width)
        self.last = nn.Linear(width, width, bias=False)
        self.out = nn.BatchNorm1d(width)

    def forward(self, x):
        y = reduce(self.conv(x), "b c (h h2) w -> b c (h w)", "max", h2=2)
        y = self.last(rearrange(torch.relu(self.norm(y)), "b c ... -> b ... c"))
        return torch.relu(self.out(repeat(y, "b n c -> b c (n again)", again=2)))
