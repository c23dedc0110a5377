# run: Net, (2, 3, 8, 8)

from torch import nn


class Residual(nn.Module):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x


class Net(nn.Module):
    def __init__(self, width=6, depth=2):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 1)
        self.body = nn.Sequential(
            nn.GELU(),
            *[
                Residual(
                    nn.Sequential(
                        nn.Conv2d(width, width, 3, padding=1, groups=width),  # expect: CB101
                        nn.BatchNorm2d(width),
                        nn.GELU(),
                        nn.Conv2d(width, width, 1),
                    )
                )
                for _ in range(depth)
            ],
        )

    def forward(self, x):
        return self.body(self.stem(x))
# output
from torch import nn


class Residual(nn.Module):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x


class Net(nn.Module):
    def __init__(self, width=6, depth=2):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 1)
        self.body = nn.Sequential(
            nn.GELU(),
            *[
                Residual(
                    nn.Sequential(
                        nn.Conv2d(width, width, 3, padding=1, groups=width, bias=False),
                        nn.BatchNorm2d(width),
                        nn.GELU(),
                        nn.Conv2d(width, width, 1),
                    )
                )
                for _ in range(depth)
            ],
        )

    def forward(self, x):
        return self.body(self.stem(x))
