# run: Hooked, (2, 3, 8, 8)

"""Hooks on layers that code goes through see what these give, and may change it."""

from torch import nn


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.apply(self.hook)

    def hook(self, m):
        if isinstance(m, nn.Conv2d):
            m.register_forward_hook(lambda module, inputs, output: output.relu())

    def forward(self, x):
        return self.norm(self.conv(x))
