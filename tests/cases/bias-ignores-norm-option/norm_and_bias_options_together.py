# run: Conv(3, 4), (2, 3, 8, 8)
# run: Conv(3, 4, norm=None), (2, 3, 8, 8)
# run: Conv(3, 4, bias=False), (2, 3, 8, 8)

from torch import nn


class Conv(nn.Module):
    def __init__(self, cin, cout, k=3, bias=True, norm="bn"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, k, bias=bias)  # expect: CB105 unsafe
        self.norm = nn.BatchNorm2d(cout) if norm == "bn" else None

    def forward(self, x):
        x = self.conv(x)
        return x.relu() if self.norm is None else self.norm(x).relu()
# output
from torch import nn


class Conv(nn.Module):
    def __init__(self, cin, cout, k=3, bias=True, norm="bn"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, k, bias=bias and norm != "bn")
        self.norm = nn.BatchNorm2d(cout) if norm == "bn" else None

    def forward(self, x):
        x = self.conv(x)
        return x.relu() if self.norm is None else self.norm(x).relu()
