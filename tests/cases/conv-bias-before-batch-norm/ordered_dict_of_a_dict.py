# run: net, (2, 3, 8, 8)

import collections

from torch import nn

net = nn.Sequential(
    collections.OrderedDict({
        "conv": nn.Conv2d(3, 8, 3),  # expect: CB101
        "norm": nn.BatchNorm2d(8),
        "act": nn.SiLU(),
        "head": nn.Conv2d(8, 2, 1),
    })
)
# output
import collections

from torch import nn

net = nn.Sequential(
    collections.OrderedDict({
        "conv": nn.Conv2d(3, 8, 3, bias=False),
        "norm": nn.BatchNorm2d(8),
        "act": nn.SiLU(),
        "head": nn.Conv2d(8, 2, 1),
    })
)
