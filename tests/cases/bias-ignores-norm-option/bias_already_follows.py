# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, norm=False), (2, 3, 8, 8)

from torch import nn


class Block(nn.Module):
    # Right as it is.
    def __init__(self, cin, cout, norm=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=not norm)
        self.norm = nn.BatchNorm2d(cout) if norm else None

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x.relu()
