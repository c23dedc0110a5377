# run: Net, (2, 3, 8, 8)
# run: Bare, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # A subclass says otherwise; the call serves both.
    use_norm = True

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: subclasses may switch the norm off
        self.norm = nn.BatchNorm2d(4) if self.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Bare(Net):
    use_norm = False
