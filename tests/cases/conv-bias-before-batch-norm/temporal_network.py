# run: TCN(3, [4, 4]), (2, 3, 16)

import torch.nn as nn
from torch.nn.utils.parametrizations import weight_norm


class Chomp(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, x):
        return x[:, :, : -self.size].contiguous()


class TemporalBlock(nn.Module):
    def __init__(self, cin, cout, kernel, dilation):
        super().__init__()
        pad = (kernel - 1) * dilation
        self.conv1 = weight_norm(nn.Conv1d(cin, cout, kernel, padding=pad, dilation=dilation))  # expect: CB101
        self.chomp1 = Chomp(pad)
        self.bn1 = nn.BatchNorm1d(cout)
        self.conv2 = weight_norm(nn.Conv1d(cout, cout, kernel, padding=pad, dilation=dilation))
        self.net = nn.Sequential(self.conv1, self.chomp1, self.bn1, nn.ReLU(), self.conv2, Chomp(pad), nn.ReLU())

    def forward(self, x):
        return self.net(x)


class TCN(nn.Module):
    def __init__(self, cin, channels):
        super().__init__()
        layers = []
        for i, cout in enumerate(channels):
            layers.append(TemporalBlock(cin if i == 0 else channels[i - 1], cout, 2, 2**i))
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        return self.network(x)
# output
import torch.nn as nn
from torch.nn.utils.parametrizations import weight_norm


class Chomp(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, x):
        return x[:, :, : -self.size].contiguous()


class TemporalBlock(nn.Module):
    def __init__(self, cin, cout, kernel, dilation):
        super().__init__()
        pad = (kernel - 1) * dilation
        self.conv1 = weight_norm(nn.Conv1d(cin, cout, kernel, padding=pad, dilation=dilation, bias=False))
        self.chomp1 = Chomp(pad)
        self.bn1 = nn.BatchNorm1d(cout)
        self.conv2 = weight_norm(nn.Conv1d(cout, cout, kernel, padding=pad, dilation=dilation))
        self.net = nn.Sequential(self.conv1, self.chomp1, self.bn1, nn.ReLU(), self.conv2, Chomp(pad), nn.ReLU())

    def forward(self, x):
        return self.net(x)


class TCN(nn.Module):
    def __init__(self, cin, channels):
        super().__init__()
        layers = []
        for i, cout in enumerate(channels):
            layers.append(TemporalBlock(cin if i == 0 else channels[i - 1], cout, 2, 2**i))
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        return self.network(x)
