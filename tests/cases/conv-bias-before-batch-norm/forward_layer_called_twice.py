# run: Shared, (2, 3, 8, 8)

from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 1)  # expect: CB101
        self.stem_norm = nn.BatchNorm2d(4)
        self.conv = nn.Conv2d(4, 4, 3, padding=1)  # expect: CB101
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.stem_norm(self.stem(x)).relu()
        a = self.norm_a(self.conv(x)).relu()
        b = self.norm_b(self.conv(a)).relu()
        return a * b
# output
from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 1, bias=False)
        self.stem_norm = nn.BatchNorm2d(4)
        self.conv = nn.Conv2d(4, 4, 3, padding=1, bias=False)
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.stem_norm(self.stem(x)).relu()
        a = self.norm_a(self.conv(x)).relu()
        b = self.norm_b(self.conv(a)).relu()
        return a * b
