# run: Repeated(4), (2, 3, 6, 6)
# run: Largest(4), (2, 3, 6, 6)
# run: Rolled(4), (2, 3, 4, 4)

import torch
from torch import nn


class Repeated(nn.Module):
    # The channels of the second axis come from others than before: not followed.
    def __init__(self, width):
        super().__init__()
        self.a = nn.Conv2d(3, width, 1)  # silent: each repeated channel still has a constant of its own
        self.norm = nn.BatchNorm2d(2 * width)

    def forward(self, x):
        return torch.relu(self.norm(self.a(x).repeat(1, 2, 1, 1)))


class Largest(nn.Module):
    # Which channel is the largest is told by the biases.
    def __init__(self, width):
        super().__init__()
        self.a = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm2d(1)

    def forward(self, x):
        return torch.relu(self.norm(self.a(x).max(1, keepdim=True)[0]))


class Rolled(nn.Module):
    # Without an axis the entries go on from one channel into the next.
    def __init__(self, width):
        super().__init__()
        self.a = nn.Conv2d(3, width, 1)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x):
        return torch.relu(self.norm(self.a(x).roll(1)))
