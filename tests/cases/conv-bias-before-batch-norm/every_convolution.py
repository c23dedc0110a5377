# run: Every, (2, 3, 12), (2, 3, 8, 8), (2, 3, 6, 6, 6)

from torch import nn


class Every(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1 = nn.Sequential(
            nn.Conv1d(3, 4, 3), nn.BatchNorm1d(4), nn.ReLU(),  # expect: CB101
            nn.ConvTranspose1d(4, 4, 3), nn.BatchNorm1d(4),  # expect: CB101
        )
        self.d2 = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(),  # expect: CB101
            nn.ConvTranspose2d(4, 4, 3), nn.BatchNorm2d(4),  # expect: CB101
        )
        self.d3 = nn.Sequential(
            nn.Conv3d(3, 4, 3), nn.BatchNorm3d(4), nn.ReLU(),  # expect: CB101
            nn.ConvTranspose3d(4, 4, 3), nn.BatchNorm3d(4),  # expect: CB101
        )

    def forward(self, sound, image, volume):
        return self.d1(sound), self.d2(image), self.d3(volume)
# output
from torch import nn


class Every(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1 = nn.Sequential(
            nn.Conv1d(3, 4, 3, bias=False), nn.BatchNorm1d(4), nn.ReLU(),
            nn.ConvTranspose1d(4, 4, 3, bias=False), nn.BatchNorm1d(4),
        )
        self.d2 = nn.Sequential(
            nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
            nn.ConvTranspose2d(4, 4, 3, bias=False), nn.BatchNorm2d(4),
        )
        self.d3 = nn.Sequential(
            nn.Conv3d(3, 4, 3, bias=False), nn.BatchNorm3d(4), nn.ReLU(),
            nn.ConvTranspose3d(4, 4, 3, bias=False), nn.BatchNorm3d(4),
        )

    def forward(self, sound, image, volume):
        return self.d1(sound), self.d2(image), self.d3(volume)
