# run: Words(), torch.randint(0, 10, (4, 16))
# run: Steps, (4, 16, 10)
# run: Attention, (4, 16, 16)
# run: Positions, (4, 8, 3)
# run: Last, (4, 16, 10)
# run: Moved, (4, 16, 10)

"""Behind layers for sequences a batch norm works along the steps; in the last two models it does not."""

import torch
from torch import nn


class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 16)
        self.linear = nn.Linear(16, 16)
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        return self.norm(self.linear(self.embed(x)))


class Steps(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.LSTM(10, 16)
        self.linear = nn.Linear(16, 16)
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        y, _ = self.cells(x)
        return self.norm(self.linear(y))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(16, 4)
        self.linear = nn.Linear(16, 16)
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        y, weights = self.attention(x, x, x)
        return self.norm(self.linear(y)), weights


class Positions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 8)
        self.norm = nn.BatchNorm1d(8)
        self.position = nn.Parameter(torch.rand(1, 8, 8))

    def forward(self, x):
        return self.norm(self.linear(x) + self.position)


class Last(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.LSTM(10, 16, batch_first=True)
        self.linear = nn.Linear(16, 16)  # expect: CB102
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        y, (h, c) = self.cells(x)
        return self.norm(self.linear(h[-1]))


class Moved(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.GRU(10, 16, batch_first=True)
        self.linear = nn.Linear(16, 12)  # expect: CB104
        self.norm = nn.BatchNorm1d(12)

    def forward(self, x):
        y, _ = self.cells(x)
        return self.norm(self.linear(y).transpose(1, 2))
# output
"""Behind layers for sequences a batch norm works along the steps; in the last two models it does not."""

import torch
from torch import nn


class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 16)
        self.linear = nn.Linear(16, 16)
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        return self.norm(self.linear(self.embed(x)))


class Steps(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.LSTM(10, 16)
        self.linear = nn.Linear(16, 16)
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        y, _ = self.cells(x)
        return self.norm(self.linear(y))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(16, 4)
        self.linear = nn.Linear(16, 16)
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        y, weights = self.attention(x, x, x)
        return self.norm(self.linear(y)), weights


class Positions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 8)
        self.norm = nn.BatchNorm1d(8)
        self.position = nn.Parameter(torch.rand(1, 8, 8))

    def forward(self, x):
        return self.norm(self.linear(x) + self.position)


class Last(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.LSTM(10, 16, batch_first=True)
        self.linear = nn.Linear(16, 16, bias=False)
        self.norm = nn.BatchNorm1d(16)

    def forward(self, x):
        y, (h, c) = self.cells(x)
        return self.norm(self.linear(h[-1]))


class Moved(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.GRU(10, 16, batch_first=True)
        self.linear = nn.Linear(16, 12, bias=False)
        self.norm = nn.BatchNorm1d(12)

    def forward(self, x):
        y, _ = self.cells(x)
        return self.norm(self.linear(y).transpose(1, 2))
