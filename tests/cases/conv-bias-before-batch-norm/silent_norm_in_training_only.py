# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # In evaluation the bias is seen.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: evaluation shows it
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.conv(x)
        if self.training:
            x = self.norm(x)
        return x.relu()
