# run: Net, (2, 3, 8, 8)
# run: Plain, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: Plain needs it
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Plain(Net):
    def __init__(self):
        super().__init__()
        self.norm = nn.Identity()
