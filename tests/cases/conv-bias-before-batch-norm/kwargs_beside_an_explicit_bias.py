# run: Block(3, 8, padding=1), (2, 3, 8, 8)

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, **kwargs):
        super().__init__()
        # bias=... is said here: in kwargs it would be an error.
        self.conv = nn.Conv2d(cin, cout, 3, bias=False, **kwargs)
        self.bn = nn.BatchNorm2d(cout)
        self.again = nn.Conv2d(cout, cout, 3, bias=True, **kwargs)  # expect: CB101
        self.bn_again = nn.BatchNorm2d(cout)

    def forward(self, x):
        x = self.bn(self.conv(x)).relu()
        return self.bn_again(self.again(x)).relu()
# output
from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, **kwargs):
        super().__init__()
        # bias=... is said here: in kwargs it would be an error.
        self.conv = nn.Conv2d(cin, cout, 3, bias=False, **kwargs)
        self.bn = nn.BatchNorm2d(cout)
        self.again = nn.Conv2d(cout, cout, 3, bias=False, **kwargs)
        self.bn_again = nn.BatchNorm2d(cout)

    def forward(self, x):
        x = self.bn(self.conv(x)).relu()
        return self.bn_again(self.again(x)).relu()
