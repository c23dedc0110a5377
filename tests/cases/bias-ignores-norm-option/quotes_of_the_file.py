# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, 'none'), (2, 3, 8, 8)
# run: Stem(3, 4), (2, 3, 8, 8)
# run: Stem(3, 4, "identity"), (2, 3, 8, 8)

"""A file that likes single quotes, but for "this one" and that's it."""

from torch import nn

NORMS = {'batch': nn.BatchNorm2d, 'none': nn.Identity}


class Block(nn.Module):
    def __init__(self, cin, cout, norm='batch'):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        self.norm = NORMS[norm](cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Stem(nn.Module):
    def __init__(self, cin, cout, kind="instance"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        self.norm = nn.InstanceNorm2d(cout) if kind == "instance" else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
"""A file that likes single quotes, but for "this one" and that's it."""

from torch import nn

NORMS = {'batch': nn.BatchNorm2d, 'none': nn.Identity}


class Block(nn.Module):
    def __init__(self, cin, cout, norm='batch'):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=norm != 'batch')
        self.norm = NORMS[norm](cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Stem(nn.Module):
    def __init__(self, cin, cout, kind="instance"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=kind != "instance")
        self.norm = nn.InstanceNorm2d(cout) if kind == "instance" else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
