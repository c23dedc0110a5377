# run: Tower, (2, 4, 8, 8)

from torch import nn


class Tower(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.blocks = nn.Sequential(
            *[
                nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.GELU())  # expect: CB101
                for _ in range(n)
            ]
        )
        self.pairs = nn.Sequential(
            *[layer for i in range(n) for layer in (nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4))]  # expect: CB101
        )

    def forward(self, x):
        return self.pairs(self.blocks(x))
# output
from torch import nn


class Tower(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.blocks = nn.Sequential(
            *[
                nn.Sequential(nn.Conv2d(4, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.GELU())
                for _ in range(n)
            ]
        )
        self.pairs = nn.Sequential(
            *[layer for i in range(n) for layer in (nn.Conv2d(4, 4, 1, bias=False), nn.BatchNorm2d(4))]
        )

    def forward(self, x):
        return self.pairs(self.blocks(x))
