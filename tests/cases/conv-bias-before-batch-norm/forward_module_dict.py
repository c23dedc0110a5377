# run: Heads, (2, 4, 8, 8)

from torch import nn


class Heads(nn.Module):
    def __init__(self, names=("edges", "depth")):
        super().__init__()
        self.towers = nn.ModuleDict({
            name: nn.Sequential(nn.Conv2d(4, 8, 3), nn.BatchNorm2d(8), nn.ReLU())  # expect: CB101
            for name in names
        })
        self.stem = nn.ModuleDict({
            "conv": nn.Conv2d(4, 4, 1),  # expect: CB101
            "norm": nn.BatchNorm2d(4),
        })

    def forward(self, x):
        x = self.stem["norm"](self.stem["conv"](x))
        return {name: tower(x) for name, tower in self.towers.items()}
# output
from torch import nn


class Heads(nn.Module):
    def __init__(self, names=("edges", "depth")):
        super().__init__()
        self.towers = nn.ModuleDict({
            name: nn.Sequential(nn.Conv2d(4, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU())
            for name in names
        })
        self.stem = nn.ModuleDict({
            "conv": nn.Conv2d(4, 4, 1, bias=False),
            "norm": nn.BatchNorm2d(4),
        })

    def forward(self, x):
        x = self.stem["norm"](self.stem["conv"](x))
        return {name: tower(x) for name, tower in self.towers.items()}
