# run: Points(), (2, 5, 3)
# run: Named(), (2, 5, 3)
# run: Groups(), (2, 3, 5, 4)

import torch
import torch.nn.functional as F
from torch import nn


class Points(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.fc = nn.Linear(3, width)  # expect: CB104
        self.norm = nn.BatchNorm1d(width)

    def forward(self, points):
        n, k, _ = points.shape
        y = self.norm(self.fc(points).view(n * k, -1))
        return F.relu(y.view(n, k, -1))


class Named(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.first = nn.Linear(3, width)  # expect: CB104
        self.second = nn.Linear(width, width)  # expect: CB104
        self.norm = nn.BatchNorm1d(width)
        self.last = nn.BatchNorm1d(width)

    def forward(self, points):
        y = self.first(points)
        y = F.relu(self.norm(y.reshape(-1, y.shape[-1]))).reshape(y.shape)
        y = self.second(y)
        b, n, c = y.size()
        return F.relu(self.last(y.contiguous().view(b * n, c)).view(b, n, c))


class Groups(nn.Module):
    # The largest entry of each channel, wherever it is, has the channel's bias in it.
    def __init__(self, width=4):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1)  # expect: CB104
        self.norm = nn.BatchNorm1d(width)
        self.head = nn.Conv1d(width, width, 1)  # expect: CB104
        self.out = nn.BatchNorm1d(width)

    def forward(self, groups):
        y = torch.max(self.conv(groups), dim=-1)[0]
        y = self.head(F.relu(self.norm(y)))
        return F.relu(self.out(y.topk(3, dim=2).values.max(2).values))
# output
import torch
import torch.nn.functional as F
from torch import nn


class Points(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.fc = nn.Linear(3, width, bias=False)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, points):
        n, k, _ = points.shape
        y = self.norm(self.fc(points).view(n * k, -1))
        return F.relu(y.view(n, k, -1))


class Named(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.first = nn.Linear(3, width, bias=False)
        self.second = nn.Linear(width, width, bias=False)
        self.norm = nn.BatchNorm1d(width)
        self.last = nn.BatchNorm1d(width)

    def forward(self, points):
        y = self.first(points)
        y = F.relu(self.norm(y.reshape(-1, y.shape[-1]))).reshape(y.shape)
        y = self.second(y)
        b, n, c = y.size()
        return F.relu(self.last(y.contiguous().view(b * n, c)).view(b, n, c))


class Groups(nn.Module):
    # The largest entry of each channel, wherever it is, has the channel's bias in it.
    def __init__(self, width=4):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 1, bias=False)
        self.norm = nn.BatchNorm1d(width)
        self.head = nn.Conv1d(width, width, 1, bias=False)
        self.out = nn.BatchNorm1d(width)

    def forward(self, groups):
        y = torch.max(self.conv(groups), dim=-1)[0]
        y = self.head(F.relu(self.norm(y)))
        return F.relu(self.out(y.topk(3, dim=2).values.max(2).values))
