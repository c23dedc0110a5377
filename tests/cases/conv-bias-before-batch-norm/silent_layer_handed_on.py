# run: Net, (2, 3, 8, 8)

from torch import nn
from torch.nn.utils import prune


def register(layer):
    prune.identity(layer, "bias")
    return layer


class Net(nn.Module):
    # What is done to the layer by code out of view, its bias included, nobody here says.
    def __init__(self):
        super().__init__()
        self.conv = register(nn.Conv2d(3, 4, 3))
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.conv(x)).abs()
