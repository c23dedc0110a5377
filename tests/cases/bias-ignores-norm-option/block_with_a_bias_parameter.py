# run: Net, (2, 3, 8, 8)

import torch.nn as nn


class Conv(nn.Module):
    def __init__(self, inp_dim, out_dim, kernel_size=3, stride=1, bn=False, relu=True, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(inp_dim, out_dim, kernel_size, stride, padding=(kernel_size - 1) // 2, bias=bias)  # expect: CB105
        self.relu = nn.ReLU() if relu else None
        self.bn = nn.BatchNorm2d(out_dim) if bn else None

    def forward(self, x):
        x = self.conv(x)
        if self.bn is not None:
            x = self.bn(x)
        if self.relu is not None:
            x = self.relu(x)
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pre = Conv(3, 4, bn=True)
        self.mid = Conv(4, 4, bn=True, bias=False)
        self.out = Conv(4, 2, 1, relu=False)

    def forward(self, x):
        return self.out(self.mid(self.pre(x)))
# output
import torch.nn as nn


class Conv(nn.Module):
    def __init__(self, inp_dim, out_dim, kernel_size=3, stride=1, bn=False, relu=True, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(inp_dim, out_dim, kernel_size, stride, padding=(kernel_size - 1) // 2, bias=bias and not bn)
        self.relu = nn.ReLU() if relu else None
        self.bn = nn.BatchNorm2d(out_dim) if bn else None

    def forward(self, x):
        x = self.conv(x)
        if self.bn is not None:
            x = self.bn(x)
        if self.relu is not None:
            x = self.relu(x)
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pre = Conv(3, 4, bn=True)
        self.mid = Conv(4, 4, bn=True, bias=False)
        self.out = Conv(4, 2, 1, relu=False)

    def forward(self, x):
        return self.out(self.mid(self.pre(x)))
