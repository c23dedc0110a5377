# run: Net, (2, 3, 16, 16)

from torch import nn


class Net(nn.Module):
    def __init__(self, depth=2):
        super().__init__()
        self.depth = depth
        self.widths = [3, 6, 6]
        for i in range(depth):
            setattr(self, f"conv{i}", nn.Conv2d(self.widths[i], self.widths[i + 1], 3))  # expect: CB101
            setattr(self, f"norm{i}", nn.BatchNorm2d(self.widths[i + 1]))

    def forward(self, x):
        for i in range(self.depth):
            x = getattr(self, f"norm{i}")(getattr(self, f"conv{i}")(x))
            x = x.relu()
        return x
# output
from torch import nn


class Net(nn.Module):
    def __init__(self, depth=2):
        super().__init__()
        self.depth = depth
        self.widths = [3, 6, 6]
        for i in range(depth):
            setattr(self, f"conv{i}", nn.Conv2d(self.widths[i], self.widths[i + 1], 3, bias=False))
            setattr(self, f"norm{i}", nn.BatchNorm2d(self.widths[i + 1]))

    def forward(self, x):
        for i in range(self.depth):
            x = getattr(self, f"norm{i}")(getattr(self, f"conv{i}")(x))
            x = x.relu()
        return x
