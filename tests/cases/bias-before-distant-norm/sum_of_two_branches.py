# run: TwoPaths, (2, 3, 8, 8)

from torch import nn


class TwoPaths(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 4, 3, padding=1)  # expect: CB104
        self.right = nn.Conv2d(3, 4, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.left(x) + self.right(x)).relu()
# output
from torch import nn


class TwoPaths(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.right = nn.Conv2d(3, 4, 1, bias=False)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.left(x) + self.right(x)).relu()
