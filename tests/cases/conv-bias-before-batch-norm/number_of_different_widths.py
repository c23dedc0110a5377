# run: Known(), (2, 3, 8, 8)
# run: Given(3, 3), (2, 3, 8, 8)

from torch import nn


class Known(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8) if len(set((3, 3))) > 1 else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Given(nn.Module):
    def __init__(self, first, second):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8) if len(set((first, second))) > 1 else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
