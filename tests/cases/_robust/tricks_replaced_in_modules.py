# run: InModules, (2, 3, 8, 8)
# run: Deleted, (2, 3, 8, 8)

"""Parts that another takes the place of, in the dict that holds them."""

from torch import nn


class InModules(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))
        self.net._modules["1"] = nn.Identity()

    def forward(self, x):
        return self.net(x)


class Deleted(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.ReLU(), nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8))
        del self.net[0]
        del self.net._modules["1"]

    def forward(self, x):
        return self.net(x)
