# run: Net, (2, 3, 8, 8)

from functools import partial

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, norm_layer=partial(nn.BatchNorm2d, eps=1e-3, momentum=0.03)):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB105 no-fix
        self.bn = norm_layer(4)
        quiet = partial(nn.BatchNorm2d, affine=False)
        self.last = nn.Conv2d(4, 4, 3)  # expect: CB101
        self.last_bn = quiet(4)

    def forward(self, x):
        x = self.bn(self.conv(x)).relu()
        return self.last_bn(self.last(x))
# output
from functools import partial

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, norm_layer=partial(nn.BatchNorm2d, eps=1e-3, momentum=0.03)):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.bn = norm_layer(4)
        quiet = partial(nn.BatchNorm2d, affine=False)
        self.last = nn.Conv2d(4, 4, 3, bias=False)
        self.last_bn = quiet(4)

    def forward(self, x):
        x = self.bn(self.conv(x)).relu()
        return self.last_bn(self.last(x))
