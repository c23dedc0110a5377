# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, "none"), (2, 3, 8, 8)
# run: Block(3, 4, False), (2, 3, 8, 8)

"""A name is true as well, and asks for no norm here."""

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        if norm is True:
            self.norm = nn.BatchNorm2d(cout)
        elif isinstance(norm, str):
            self.norm = nn.Identity()
        else:
            self.norm = nn.ReLU()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
"""A name is true as well, and asks for no norm here."""

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=norm is not True)
        if norm is True:
            self.norm = nn.BatchNorm2d(cout)
        elif isinstance(norm, str):
            self.norm = nn.Identity()
        else:
            self.norm = nn.ReLU()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
