# run: Every, (2, 3, 12), (2, 3, 8, 8), (2, 3, 6, 6, 6)

from torch import nn


class Every(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1 = nn.Sequential(
            nn.LazyConv1d(4, 3), nn.LazyBatchNorm1d(), nn.ReLU(),  # expect: CB101
            nn.LazyConvTranspose1d(4, 3), nn.LazyBatchNorm1d(),  # expect: CB101
        )
        self.d2 = nn.Sequential(
            nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.ReLU(),  # expect: CB101
            nn.LazyConvTranspose2d(4, 3), nn.LazyBatchNorm2d(),  # expect: CB101
        )
        self.d3 = nn.Sequential(
            nn.LazyConv3d(4, 3), nn.LazyBatchNorm3d(), nn.ReLU(),  # expect: CB101
            nn.LazyConvTranspose3d(4, 3), nn.LazyBatchNorm3d(),  # expect: CB101
        )

    def forward(self, sound, image, volume):
        return self.d1(sound), self.d2(image), self.d3(volume)
# output
from torch import nn


class Every(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1 = nn.Sequential(
            nn.LazyConv1d(4, 3, bias=False), nn.LazyBatchNorm1d(), nn.ReLU(),
            nn.LazyConvTranspose1d(4, 3, bias=False), nn.LazyBatchNorm1d(),
        )
        self.d2 = nn.Sequential(
            nn.LazyConv2d(4, 3, bias=False), nn.LazyBatchNorm2d(), nn.ReLU(),
            nn.LazyConvTranspose2d(4, 3, bias=False), nn.LazyBatchNorm2d(),
        )
        self.d3 = nn.Sequential(
            nn.LazyConv3d(4, 3, bias=False), nn.LazyBatchNorm3d(), nn.ReLU(),
            nn.LazyConvTranspose3d(4, 3, bias=False), nn.LazyBatchNorm3d(),
        )

    def forward(self, sound, image, volume):
        return self.d1(sound), self.d2(image), self.d3(volume)
