# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # Removing the bias breaks the loop, and the guard goes in with it.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101 unsafe
        self.norm = nn.BatchNorm2d(8)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.normal_(m.weight, std=0.02)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
from torch import nn


class Net(nn.Module):
    # Removing the bias breaks the loop, and the guard goes in with it.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.normal_(m.weight, std=0.02)
                if m.bias is not None:
                    nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.norm(self.conv(x))
