# run: Net, (2, 3, 9, 9)

import torch.nn as nn


class SamePadConv(nn.Conv2d):
    def __init__(self, cin, cout, kernel_size, stride=1, bias=True):
        super().__init__(cin, cout, kernel_size, stride=stride, padding=kernel_size // 2, bias=bias)


class MaskedConv(nn.Conv2d):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.register_buffer("mask", self.weight.data.clone().fill_(1))

    def forward(self, x):
        self.weight.data *= self.mask
        return super().forward(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.same = SamePadConv(3, 6, 3)  # expect: CB101
        self.bn1 = nn.BatchNorm2d(6)
        self.masked = MaskedConv(6, 6, 3)  # expect: CB101
        self.bn2 = nn.BatchNorm2d(6)
        self.last = SamePadConv(6, 2, 1)

    def forward(self, x):
        x = self.bn1(self.same(x)).relu()
        x = self.bn2(self.masked(x)).relu()
        return self.last(x)
# output
import torch.nn as nn


class SamePadConv(nn.Conv2d):
    def __init__(self, cin, cout, kernel_size, stride=1, bias=True):
        super().__init__(cin, cout, kernel_size, stride=stride, padding=kernel_size // 2, bias=bias)


class MaskedConv(nn.Conv2d):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.register_buffer("mask", self.weight.data.clone().fill_(1))

    def forward(self, x):
        self.weight.data *= self.mask
        return super().forward(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.same = SamePadConv(3, 6, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.masked = MaskedConv(6, 6, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(6)
        self.last = SamePadConv(6, 2, 1)

    def forward(self, x):
        x = self.bn1(self.same(x)).relu()
        x = self.bn2(self.masked(x)).relu()
        return self.last(x)
