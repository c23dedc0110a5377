# run: Every, (2, 3, 12), (2, 3, 8, 8), (2, 3, 6, 6, 6)

from torch import nn


class Every(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1 = nn.Sequential(nn.Conv1d(3, 4, 3), nn.InstanceNorm1d(4), nn.ReLU())  # expect: CB103
        self.d2 = nn.Sequential(nn.ConvTranspose2d(3, 4, 3), nn.InstanceNorm2d(4), nn.ReLU())  # expect: CB103
        self.d3 = nn.Sequential(nn.Conv3d(3, 4, 3), nn.InstanceNorm3d(4), nn.ReLU())  # expect: CB103
        self.lazy = nn.Sequential(nn.Conv2d(4, 4, 3), nn.LazyInstanceNorm2d())  # expect: CB103

    def forward(self, a, b, c):
        return self.d1(a), self.lazy(self.d2(b)), self.d3(c)
# output
from torch import nn


class Every(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1 = nn.Sequential(nn.Conv1d(3, 4, 3, bias=False), nn.InstanceNorm1d(4), nn.ReLU())
        self.d2 = nn.Sequential(nn.ConvTranspose2d(3, 4, 3, bias=False), nn.InstanceNorm2d(4), nn.ReLU())
        self.d3 = nn.Sequential(nn.Conv3d(3, 4, 3, bias=False), nn.InstanceNorm3d(4), nn.ReLU())
        self.lazy = nn.Sequential(nn.Conv2d(4, 4, 3, bias=False), nn.LazyInstanceNorm2d())

    def forward(self, a, b, c):
        return self.d1(a), self.lazy(self.d2(b)), self.d3(c)
