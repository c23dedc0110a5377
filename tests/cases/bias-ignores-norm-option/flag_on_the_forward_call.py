# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # Each call decides anew.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: a call may leave the norm out
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x, use_norm=True):
        x = self.conv(x)
        return self.norm(x) if use_norm else x.relu()
