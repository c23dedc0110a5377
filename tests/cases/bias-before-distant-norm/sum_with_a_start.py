# run: Summed(), (2, 3, 6, 6)
# run: Seen(), (2, 3, 6, 6)

from torch import nn


class Summed(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 1)  # expect: CB104
        self.others = nn.ModuleList([nn.Conv2d(3, 4, 1), nn.Conv2d(3, 4, 1)])  # expect: CB104, CB104
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(sum([conv(x) for conv in self.others], self.first(x))).relu()


class Seen(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 1)
        self.second = nn.Conv2d(3, 4, 1)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        first = self.first(x)
        return self.norm(first), sum([self.second(x)], first).relu()
# output
from torch import nn


class Summed(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 1, bias=False)
        self.others = nn.ModuleList([nn.Conv2d(3, 4, 1, bias=False), nn.Conv2d(3, 4, 1, bias=False)])
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(sum([conv(x) for conv in self.others], self.first(x))).relu()


class Seen(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 1)
        self.second = nn.Conv2d(3, 4, 1)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        first = self.first(x)
        return self.norm(first), sum([self.second(x)], first).relu()
