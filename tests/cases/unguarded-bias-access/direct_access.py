from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.conv.bias.data.zero_()  # expect: CB201
        nn.init.constant_(self.norm.bias, 0)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        if self.conv.bias is not None:
            self.conv.bias.data.zero_()
        nn.init.constant_(self.norm.bias, 0)

    def forward(self, x):
        return self.norm(self.conv(x))
