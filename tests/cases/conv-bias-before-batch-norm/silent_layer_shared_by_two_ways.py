# run: Heads, (2, 4, 8, 8)

from torch import nn


class Heads(nn.Module):
    # One head for all levels, a norm for only one of them.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.head = nn.Sequential(self.conv, nn.BatchNorm2d(4))
        self.bare = nn.Sequential(self.conv, nn.ReLU())

    def forward(self, x):
        return self.head(x) + self.bare(x)
