# run: Net, (2, 3, 8, 8)
# run: Net, (1, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # A batch of one goes around the norm.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: a batch of one needs it
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.conv(x)
        if x.size(0) > 1:
            x = self.norm(x)
        return x.relu()
