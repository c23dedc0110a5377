# run: Net, (2, 3, 16)

import torch.nn.functional as F
from torch import nn


class CausalConv1d(nn.Conv1d):
    def __init__(self, in_channels, out_channels, kernel_size, dilation=1, **kwargs):
        super().__init__(
            in_channels, out_channels, kernel_size, dilation=dilation, padding=(kernel_size - 1) * dilation, **kwargs
        )

    def forward(self, x):
        out = F.conv1d(
            x, self.weight, self.bias, stride=self.stride, padding=self.padding, dilation=self.dilation
        )
        return out[..., : -self.padding[0]]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = CausalConv1d(3, 8, 3)  # expect: CB101
        self.bn1 = nn.BatchNorm1d(8)
        self.conv2 = nn.Conv1d(8, 8, 3, padding=2)  # expect: CB101
        self.bn2 = nn.BatchNorm1d(8)
        self.conv3 = nn.Conv1d(8, 8, 1)  # expect: CB104
        self.bn3 = nn.BatchNorm1d(8)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.bn2(self.conv2(x)[..., 2:]).relu()
        # The positions of one sample are as good as samples.
        return self.bn3(self.conv3(x)[0, ...].T)
# output
import torch.nn.functional as F
from torch import nn


class CausalConv1d(nn.Conv1d):
    def __init__(self, in_channels, out_channels, kernel_size, dilation=1, **kwargs):
        super().__init__(
            in_channels, out_channels, kernel_size, dilation=dilation, padding=(kernel_size - 1) * dilation, **kwargs
        )

    def forward(self, x):
        out = F.conv1d(
            x, self.weight, self.bias, stride=self.stride, padding=self.padding, dilation=self.dilation
        )
        return out[..., : -self.padding[0]]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = CausalConv1d(3, 8, 3, bias=False)
        self.bn1 = nn.BatchNorm1d(8)
        self.conv2 = nn.Conv1d(8, 8, 3, padding=2, bias=False)
        self.bn2 = nn.BatchNorm1d(8)
        self.conv3 = nn.Conv1d(8, 8, 1, bias=False)
        self.bn3 = nn.BatchNorm1d(8)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.bn2(self.conv2(x)[..., 2:]).relu()
        # The positions of one sample are as good as samples.
        return self.bn3(self.conv3(x)[0, ...].T)
