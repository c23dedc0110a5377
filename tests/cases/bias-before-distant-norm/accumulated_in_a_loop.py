# run: Mix, (2, 3, 8, 8)

from torch import nn


class Mix(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.paths = nn.ModuleList([nn.Conv2d(3, 4, 1) for _ in range(n)])  # expect: CB104
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        total = 0
        for path in self.paths:
            total = total + path(x)
        return self.norm(total).relu()
# output
from torch import nn


class Mix(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.paths = nn.ModuleList([nn.Conv2d(3, 4, 1, bias=False) for _ in range(n)])
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        total = 0
        for path in self.paths:
            total = total + path(x)
        return self.norm(total).relu()
