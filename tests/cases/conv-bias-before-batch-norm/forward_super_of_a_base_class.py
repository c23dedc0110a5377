# run: Net, (2, 3, 8, 8)

from torch import nn


class Base(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)  # silent: a class elsewhere may build no norm
        self.build(width)

    def build(self, width):
        raise NotImplementedError

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class Net(Base):
    def __init__(self):
        super().__init__(width=4)

    def build(self, width):
        self.norm = nn.BatchNorm2d(width)
        self.act = nn.ReLU()
