# run: Shared, (2, 4, 8, 8)

from torch import nn


class Shared(nn.Module):
    # The second call of the convolution meets an activation: its bias is needed.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.norm(self.conv(x)).relu()
        return self.conv(x).relu()
