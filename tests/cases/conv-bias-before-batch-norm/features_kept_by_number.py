# run: Taps, (2, 3, 10, 10)

from torch import nn


class Taps(nn.Module):
    # Layer 0 is kept, a convolution; layer 5, an activation.
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 4, 3),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3),  # expect: CB101
            nn.BatchNorm2d(4),
            nn.ReLU(),
        )

    def forward(self, x):
        out = {}
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i in (0, 5):
                out[i] = x
        return out
# output
from torch import nn


class Taps(nn.Module):
    # Layer 0 is kept, a convolution; layer 5, an activation.
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 4, 3),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(),
        )

    def forward(self, x):
        out = {}
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i in (0, 5):
                out[i] = x
        return out
