# run: Skipping(True), (2, 3, 8, 8)
# run: Asking(list), (2, 3, 8, 8)

"""Classes that are asked for and are not all known: anything may be of them."""

from torch import nn


class Skipping(nn.Module):
    def __init__(self, skip):
        super().__init__()
        kinds = [nn.Tanh]
        if skip:
            kinds.append(nn.BatchNorm2d)
        self.kinds = tuple(kinds)
        self.layers = nn.ModuleList([nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU()])

    def forward(self, x):
        for layer in self.layers:
            if isinstance(layer, self.kinds):
                continue
            x = layer(x)
        return x


class Asking(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if not isinstance([x], self.kind):
            x = self.norm(x)
        return x
