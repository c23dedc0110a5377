# run: Probe, (2, 3, 8, 8)

from torch import nn


class Probe(nn.Module):
    # Whoever reads the attribute later sees the bias.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: what is stored may be read
        self.norm = nn.BatchNorm2d(4)
        self.other = nn.Conv2d(4, 4, 3)  # silent: what is stored may be read
        self.other_norm = nn.BatchNorm2d(4)
        self.seen = []

    def forward(self, x):
        self.raw = self.conv(x)
        x = self.norm(self.raw).relu()
        y = self.other(x)
        self.seen.append(y.detach())
        return self.other_norm(y)
