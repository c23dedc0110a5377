# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, norm=False), (2, 3, 8, 8)
# run: Block(3, 4, act=False), (2, 3, 8, 8)

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, norm=True, act=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        self.norm = nn.BatchNorm2d(cout) if norm else nn.Identity()
        self.act = nn.ReLU() if act else nn.Identity()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))
# output
from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, norm=True, act=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=not norm)
        self.norm = nn.BatchNorm2d(cout) if norm else nn.Identity()
        self.act = nn.ReLU() if act else nn.Identity()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))
