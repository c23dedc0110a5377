# run: Taps, (2, 3, 10, 10)

from torch import nn


class Taps(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU())

    def forward(self, x):
        for name, layer in self.layers.named_children():
            x = layer(x)
            if name == "0":
                kept = x
        return x, kept
