# run: Mix, (2, 3, 8, 8)

from torch import nn


class Mix(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.paths = nn.ModuleList([nn.Conv2d(3, 4, 2 * i + 1, padding=i) for i in range(n)])  # expect: CB104
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(sum(path(x) for path in self.paths)).relu()
# output
from torch import nn


class Mix(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        self.paths = nn.ModuleList([nn.Conv2d(3, 4, 2 * i + 1, padding=i, bias=False) for i in range(n)])
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(sum(path(x) for path in self.paths)).relu()
