# run: ConvBN(3, 4), (2, 3, 8, 8)

from torch import nn


class ConvBN(nn.Module):
    # The caller says whether there is a bias; that it defaults to True is what is redundant.
    def __init__(self, cin, cout, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=bias)  # expect: CB101 unsafe
        self.norm = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn


class ConvBN(nn.Module):
    # The caller says whether there is a bias; that it defaults to True is what is redundant.
    def __init__(self, cin, cout, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=False)
        self.norm = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
