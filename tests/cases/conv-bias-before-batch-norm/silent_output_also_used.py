# run: Skip, (2, 3, 8, 8)

from torch import nn


class Skip(nn.Module):
    # The sum goes around the norm and carries the bias.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.conv(x)
        return x + self.norm(x).relu()
