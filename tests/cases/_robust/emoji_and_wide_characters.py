# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    """🧠 眼 a network — naïve, with wide characters everywhere."""

    def __init__(self):
        super().__init__()
        name = "🎉🎉"; self.conv = nn.Conv2d(3, 4, 3); self.𝔫 = nn.BatchNorm2d(4)  # 😀 combining é  # expect: CB101
        self.größe = nn.Conv2d(4, 4, 3)  # expect: CB101
        self.形 = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.𝔫(self.conv(x)).relu()
        return self.形(self.größe(x))
# output
from torch import nn


class Net(nn.Module):
    """🧠 眼 a network — naïve, with wide characters everywhere."""

    def __init__(self):
        super().__init__()
        name = "🎉🎉"; self.conv = nn.Conv2d(3, 4, 3, bias=False); self.𝔫 = nn.BatchNorm2d(4)  # 😀 combining é
        self.größe = nn.Conv2d(4, 4, 3, bias=False)
        self.形 = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.𝔫(self.conv(x)).relu()
        return self.形(self.größe(x))
