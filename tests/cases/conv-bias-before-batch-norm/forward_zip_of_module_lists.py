# run: Net, (2, 3, 12, 12)

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, widths=(3, 6, 6, 6)):
        super().__init__()
        self.convs = nn.ModuleList()
        self.norms = nn.ModuleList()
        for cin, cout in zip(widths, widths[1:]):
            self.convs.append(nn.Conv2d(cin, cout, 3))  # expect: CB101
            self.norms.append(nn.BatchNorm2d(cout))

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = torch.relu(norm(conv(x)))
        return x
# output
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, widths=(3, 6, 6, 6)):
        super().__init__()
        self.convs = nn.ModuleList()
        self.norms = nn.ModuleList()
        for cin, cout in zip(widths, widths[1:]):
            self.convs.append(nn.Conv2d(cin, cout, 3, bias=False))
            self.norms.append(nn.BatchNorm2d(cout))

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = torch.relu(norm(conv(x)))
        return x
