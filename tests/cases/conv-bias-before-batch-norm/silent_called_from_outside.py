# run: whole, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: embed below calls it alone
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.conv(x))


whole = Net()


def embed(x):
    return whole.conv(x).relu()
