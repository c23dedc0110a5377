# run: block(3, 8), (2, 3, 8, 8)

from torch import nn


def block(cin, cout, groups=2):
    # How many groups is the caller's to say.
    return nn.Sequential(nn.Conv2d(cin, cout, 3), nn.GroupNorm(groups, cout), nn.ReLU())
