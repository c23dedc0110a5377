# run: Bank(3), (2, 8, 16)
# run: Mixed(3), (2, 8, 16)
# run: Chain(), (2, 8, 16)

"""`+=` puts more layers into a ModuleList or a Sequential."""

import torch
from torch import nn


class Bank(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes
        self.convs = nn.ModuleList()
        for k in range(1, sizes + 1):
            pad = (k - 1) // 2 if k % 2 else ((k - 1) // 2, (k - 1) // 2 + 1)
            self.convs += [
                nn.Sequential(
                    nn.ConstantPad1d(pad, 0.0),
                    nn.Conv1d(8, 4, k),  # expect: CB101
                    nn.BatchNorm1d(4),
                    nn.ReLU(),
                )
            ]

    def forward(self, x):
        outputs = []
        for k in range(self.sizes):
            outputs += [self.convs[k](x)]
        return torch.cat(outputs, dim=1)


class Mixed(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.parts = nn.ModuleList([nn.Conv1d(8, 8, 1)])
        self.parts += [nn.BatchNorm1d(8)]
        self.parts += [nn.Conv1d(8, 8, 1) for _ in range(depth)]

    def forward(self, x):
        for part in self.parts:
            x = part(x).relu()
        return x


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv1d(8, 8, 1))  # expect: CB101
        self.body += nn.Sequential(nn.BatchNorm1d(8), nn.ReLU())

    def forward(self, x):
        return self.body(x)


# output
"""`+=` puts more layers into a ModuleList or a Sequential."""

import torch
from torch import nn


class Bank(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes
        self.convs = nn.ModuleList()
        for k in range(1, sizes + 1):
            pad = (k - 1) // 2 if k % 2 else ((k - 1) // 2, (k - 1) // 2 + 1)
            self.convs += [
                nn.Sequential(
                    nn.ConstantPad1d(pad, 0.0),
                    nn.Conv1d(8, 4, k, bias=False),
                    nn.BatchNorm1d(4),
                    nn.ReLU(),
                )
            ]

    def forward(self, x):
        outputs = []
        for k in range(self.sizes):
            outputs += [self.convs[k](x)]
        return torch.cat(outputs, dim=1)


class Mixed(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.parts = nn.ModuleList([nn.Conv1d(8, 8, 1)])
        self.parts += [nn.BatchNorm1d(8)]
        self.parts += [nn.Conv1d(8, 8, 1) for _ in range(depth)]

    def forward(self, x):
        for part in self.parts:
            x = part(x).relu()
        return x


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv1d(8, 8, 1, bias=False))
        self.body += nn.Sequential(nn.BatchNorm1d(8), nn.ReLU())

    def forward(self, x):
        return self.body(x)


