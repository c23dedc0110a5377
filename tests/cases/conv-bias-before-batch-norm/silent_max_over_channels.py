# run: Maxout, (2, 3, 8, 8)

from torch import nn


class Maxout(nn.Module):
    # The largest of several channels, each with its own bias.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.conv(x)
        b, c, h, w = x.shape
        return self.norm(x.view(b, c // 2, 2, h, w).max(dim=2)[0])
