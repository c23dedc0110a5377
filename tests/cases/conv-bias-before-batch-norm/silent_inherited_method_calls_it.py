# run: Net, (2, 3, 8, 8)

from torch import nn


class Base(nn.Module):
    def embed(self, x):
        return self.conv(x).relu()


class Net(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: embed, which callers may call, needs it
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.conv(x))
