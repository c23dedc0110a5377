# run: Unit(3, 4), (2, 3, 8, 8)
# run: Unit(3, 1), (2, 3, 8, 8)

from torch import nn


class Unit(nn.Module):
    # What the caller said is not what holds where the convolution is made.
    def __init__(self, cin, cout, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105 no-fix
        if cout == 1:
            norm = False
        self.norm = nn.BatchNorm2d(cout) if norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).tanh()
