# run: ConvUnit(3, 4), (2, 3, 8, 8)
# run: ConvUnit(3, 4, use_bn=False), (2, 3, 8, 8)

import torch.nn as nn


class ConvUnit(nn.Module):
    def __init__(self, cin, cout, kernel=3, use_bn=True):
        super().__init__()
        self.use_bn = use_bn
        self.conv = nn.Conv2d(cin, cout, kernel, padding=kernel // 2)  # expect: CB105
        if self.use_bn:
            self.bn = nn.BatchNorm2d(cout)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if self.use_bn:
            x = self.bn(x)
        return self.relu(x)
# output
import torch.nn as nn


class ConvUnit(nn.Module):
    def __init__(self, cin, cout, kernel=3, use_bn=True):
        super().__init__()
        self.use_bn = use_bn
        self.conv = nn.Conv2d(cin, cout, kernel, padding=kernel // 2, bias=not use_bn)
        if self.use_bn:
            self.bn = nn.BatchNorm2d(cout)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if self.use_bn:
            x = self.bn(x)
        return self.relu(x)
