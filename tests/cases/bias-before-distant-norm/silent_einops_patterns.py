# run: Heads(4), (2, 3, 4, 6)
# run: Gone(4), (2, 3, 4, 6)
# run: Other(4), (2, 3, 4, 4)

import torch
from einops import rearrange, reduce
from torch import nn


class Heads(nn.Module):
    # Taken apart, the channels of one head lie on the axis of another.
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm2d(2)

    def forward(self, x):
        return torch.relu(self.norm(rearrange(self.conv(x), "b (heads c) h w -> b heads c (h w)", heads=2)))


class Gone(nn.Module):
    # Which channel has the largest entry is told by the biases.
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm1d(4)

    def forward(self, x):
        return torch.relu(self.norm(reduce(self.conv(x), "b c h w -> b h w", "max")))


class Other(nn.Module):
    # The norm takes the mean over each row.
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return torch.relu(self.norm(rearrange(self.conv(x), "b c h w -> b h c w")))
