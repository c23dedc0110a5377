# run: Features, (2, 3, 12, 12)

from torch import nn


class Features(nn.Module):
    def __init__(self, taps=(2, 5)):
        super().__init__()
        self.taps = taps
        self.layers = nn.Sequential(
            nn.Conv2d(3, 4, 3),  # silent: which layers are tapped is an option
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 4, 3),  # silent: which layers are tapped is an option
            nn.BatchNorm2d(4),
            nn.ReLU(),
        )

    def forward(self, x):
        out = []
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i in self.taps:
                out.append(x)
        return out
