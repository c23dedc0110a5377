# run: block(3, 4), (2, 3, 8, 8)

from torch import nn


def block(cin, c):
    return nn.Sequential(
        nn.Conv2d(cin, c, 1),  # expect: CB103
        nn.GroupNorm(c, c),
        nn.ReLU(),
        nn.Conv2d(c, c, 1),  # more channels than groups, for all that is known
        nn.GroupNorm(c // 2, c),
        nn.ReLU(),
        nn.Conv2d(c, c, 1),  # silent: only a caller with up to 32 channels has as many groups
        nn.GroupNorm(min(32, c), c),
        nn.ReLU(),
        nn.Conv2d(c, 2 * c, 1),  # expect: CB103
        nn.GroupNorm(2 * c, 2 * c),
    )
# output
from torch import nn


def block(cin, c):
    return nn.Sequential(
        nn.Conv2d(cin, c, 1, bias=False),
        nn.GroupNorm(c, c),
        nn.ReLU(),
        nn.Conv2d(c, c, 1),  # more channels than groups, for all that is known
        nn.GroupNorm(c // 2, c),
        nn.ReLU(),
        nn.Conv2d(c, c, 1),  # silent: only a caller with up to 32 channels has as many groups
        nn.GroupNorm(min(32, c), c),
        nn.ReLU(),
        nn.Conv2d(c, 2 * c, 1, bias=False),
        nn.GroupNorm(2 * c, 2 * c),
    )
