# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # The loop asks first, so it works with and without a bias.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.bn = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 2)
        for m in self.modules():
            if isinstance(m, (nn.Conv2d, nn.Linear)):
                nn.init.kaiming_normal_(m.weight, mode="fan_out")
                if m.bias is not None:
                    nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.fc(self.bn(self.conv(x)).relu().mean((2, 3)))
# output
from torch import nn


class Net(nn.Module):
    # The loop asks first, so it works with and without a bias.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.bn = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 2)
        for m in self.modules():
            if isinstance(m, (nn.Conv2d, nn.Linear)):
                nn.init.kaiming_normal_(m.weight, mode="fan_out")
                if m.bias is not None:
                    nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.fc(self.bn(self.conv(x)).relu().mean((2, 3)))
