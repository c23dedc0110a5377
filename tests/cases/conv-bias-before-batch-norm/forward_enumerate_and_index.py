# run: Net, (2, 6, 12)

import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    """A point network: shared layers over the points, then a maximum."""

    def __init__(self, in_channel=6, mlp=(8, 8, 16)):
        super().__init__()
        self.mlp_convs = nn.ModuleList()
        self.mlp_bns = nn.ModuleList()
        last_channel = in_channel
        for out_channel in mlp:
            self.mlp_convs.append(nn.Conv1d(last_channel, out_channel, 1))  # expect: CB101
            self.mlp_bns.append(nn.BatchNorm1d(out_channel))
            last_channel = out_channel

    def forward(self, points):
        for i, conv in enumerate(self.mlp_convs):
            bn = self.mlp_bns[i]
            points = F.relu(bn(conv(points)))
        return points.max(-1)[0]
# output
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    """A point network: shared layers over the points, then a maximum."""

    def __init__(self, in_channel=6, mlp=(8, 8, 16)):
        super().__init__()
        self.mlp_convs = nn.ModuleList()
        self.mlp_bns = nn.ModuleList()
        last_channel = in_channel
        for out_channel in mlp:
            self.mlp_convs.append(nn.Conv1d(last_channel, out_channel, 1, bias=False))
            self.mlp_bns.append(nn.BatchNorm1d(out_channel))
            last_channel = out_channel

    def forward(self, points):
        for i, conv in enumerate(self.mlp_convs):
            bn = self.mlp_bns[i]
            points = F.relu(bn(conv(points)))
        return points.max(-1)[0]
