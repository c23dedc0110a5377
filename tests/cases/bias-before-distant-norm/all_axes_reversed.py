# run: Reversed(), (7, 3, 5, 6)
# run: AndBack(), (7, 3, 5, 6)

import warnings

from torch import nn

warnings.filterwarnings("ignore", "The use of `x.T`")


class Reversed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(5)

    def forward(self, x):
        return self.norm(self.conv(x).T).relu()


class AndBack(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x).T.transpose(1, 2)).relu()
# output
import warnings

from torch import nn

warnings.filterwarnings("ignore", "The use of `x.T`")


class Reversed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(5)

    def forward(self, x):
        return self.norm(self.conv(x).T).relu()


class AndBack(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x).T.transpose(1, 2)).relu()
