# run: Net(flag=True), (3, 2, 5, 5)
# run: Net(flag=False), (3, 2, 5, 5)

"""One list, returned by both ways out, holds what each of them put into it."""

from torch import nn


class Net(nn.Module):
    def __init__(self, flag=False):
        super().__init__()
        self.flag = flag
        self.first = nn.Conv2d(2, 2, 1)
        self.other = nn.Conv2d(2, 2, 1)
        self.last = nn.Conv2d(2, 2, 1)
        self.norm = nn.BatchNorm2d(2)

    def forward(self, x, early=False):
        kept = []
        if self.flag and early:
            return x
        y = self.last(self.first(x) if self.flag else self.other(x))
        kept.append(y)
        return self.norm(y), kept
