# run: Net((2, 1)), (2, 3, 16, 16)
# run: Net((1,)), (2, 3, 16, 16)
# run: Stages(2), (2, 3, 8, 8)
# run: Stages(0), (2, 3, 8, 8)
# run: Second(2), (2, 3, 8, 8)

"""The stem meets the norm of the first block; only a model without any block shows its bias."""

from torch import nn


def block(cin, cout):
    return nn.Sequential(nn.Conv2d(cin, cout, 1, bias=False), nn.BatchNorm2d(cout), nn.GELU())


class Net(nn.Module):
    def __init__(self, depths, dim=4):
        super().__init__()
        self.stem = nn.Conv2d(3, dim, 3)  # expect: CB105 no-fix
        dims = tuple(map(lambda i: (2**i) * dim, range(len(depths))))
        dims = (dim, *dims)
        self.layers = nn.ModuleList([])
        for (stage_in, stage_out), depth in zip(zip(dims[:-1], dims[1:]), depths):
            for place in range(depth):
                self.layers.append(block(stage_in if place == 0 else stage_out, stage_out))

    def forward(self, x):
        x = self.stem(x)
        for layer in self.layers:
            x = layer(x)
        return x.mean((2, 3)).tanh()


class Stages(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3)  # expect: CB105 no-fix
        self.layers = nn.ModuleList([block(4, 4) for _ in range(count)])

    def forward(self, x):
        x = self.stem(x)
        for layer in self.layers:
            x = layer(x)
        return x.mean((2, 3)).tanh()


class Second(nn.Module):
    """Here an activation stands before every block."""

    def __init__(self, count):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3)
        self.layers = nn.ModuleList([block(4, 4) for _ in range(count)])

    def forward(self, x):
        x = self.stem(x)
        for layer in self.layers:
            x = layer(x.relu())
        return x.mean((2, 3)).tanh()
