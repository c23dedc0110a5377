# run: Exchanged, (2, 3, 8, 8)

"""The decorator changes what the class does."""

from torch import nn


def exchanged(cls):
    name = "for" + "ward"
    setattr(cls, name, lambda self, x: self.conv(x).relu())
    return cls


@exchanged
class Exchanged(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
