# run: Generator(1), (2, 4, 1, 1)

from torch import nn


class Generator(nn.Module):
    def __init__(self, devices):
        super().__init__()
        self.devices = devices
        self.main = nn.Sequential(
            nn.ConvTranspose2d(4, 8, 4, 1, 0),  # expect: CB101
            nn.BatchNorm2d(8),
            nn.ReLU(True),
            nn.ConvTranspose2d(8, 3, 4, 2, 1),
            nn.Tanh(),
        )

    def forward(self, x):
        if x.is_cuda and self.devices > 1:
            return nn.parallel.data_parallel(self.main, x, range(self.devices))
        return self.main(x)


# output
from torch import nn


class Generator(nn.Module):
    def __init__(self, devices):
        super().__init__()
        self.devices = devices
        self.main = nn.Sequential(
            nn.ConvTranspose2d(4, 8, 4, 1, 0, bias=False),
            nn.BatchNorm2d(8),
            nn.ReLU(True),
            nn.ConvTranspose2d(8, 3, 4, 2, 1),
            nn.Tanh(),
        )

    def forward(self, x):
        if x.is_cuda and self.devices > 1:
            return nn.parallel.data_parallel(self.main, x, range(self.devices))
        return self.main(x)


