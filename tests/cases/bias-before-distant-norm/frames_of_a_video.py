# run: Video, (2, 5, 3, 6, 6)

from torch import nn


class Video(nn.Module):
    def __init__(self):
        super().__init__()
        self.frame = nn.Conv2d(3, 4, 3)  # expect: CB104
        self.norm = nn.BatchNorm3d(4)

    def forward(self, x):
        b, t = x.shape[:2]
        x = self.frame(x.flatten(0, 1))
        x = x.unflatten(0, (b, t)).permute(0, 2, 1, 3, 4)
        return self.norm(x).relu()
# output
from torch import nn


class Video(nn.Module):
    def __init__(self):
        super().__init__()
        self.frame = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm3d(4)

    def forward(self, x):
        b, t = x.shape[:2]
        x = self.frame(x.flatten(0, 1))
        x = x.unflatten(0, (b, t)).permute(0, 2, 1, 3, 4)
        return self.norm(x).relu()
