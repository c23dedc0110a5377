from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101 unsafe
        self.norm = nn.BatchNorm2d(8)
        nn.init.ones_(vars(self.conv)["_parameters"]["bias"])

    def forward(self, x):
        return self.norm(self.conv(x))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        nn.init.ones_(vars(self.conv)["_parameters"]["bias"])

    def forward(self, x):
        return self.norm(self.conv(x))
