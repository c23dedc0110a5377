# run: Net, (2, 3, 8, 8)

# The block takes whatever class it is given; what that is, only its user shows.

from torch import nn


class Net(nn.Module):
    def __init__(self, norm="batch"):
        super().__init__()
        norm = {"batch": nn.BatchNorm2d, "instance": nn.InstanceNorm2d, "none": nn.Identity}[norm]
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.block = _Block(8, norm)

    def forward(self, x):
        return self.block(self.stem(x).relu())


class _Block(nn.Module):
    def __init__(self, width, norm):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(width, width, 3, padding=1), norm(width), nn.ReLU())  # expect: CB105 no-fix

    def forward(self, x):
        return x + self.layers(x)
