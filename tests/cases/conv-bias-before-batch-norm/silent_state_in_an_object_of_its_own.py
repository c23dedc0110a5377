# run: Net, (2, 3, 8, 8)
# run: Inheriting, (2, 3, 8, 8)

from torch import nn


class Progress:
    def __init__(self):
        self.seen = 0


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.progress = Progress()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: the norm is left out in later calls
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.conv(x)
        if self.progress.seen > 1000:
            return x
        self.progress.seen += 1
        return self.norm(x)


class Base(nn.Module):
    def forward(self, x):
        x = self.conv(x)
        if self.seen > 1000:
            return x
        [self.seen] = [self.seen + 1]
        return self.norm(x)


class Inheriting(Base):
    def __init__(self):
        super().__init__()
        self.seen = 0
        self.conv = nn.Conv2d(3, 4, 3)  # silent: the norm is left out in later calls
        self.norm = nn.BatchNorm2d(4)
