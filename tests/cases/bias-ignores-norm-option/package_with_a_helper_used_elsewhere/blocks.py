from torch import nn


def conv3x3(cin, cout, stride=1):
    # Whoever imports this may put no norm behind it, as model.py does: not to be fixed without a look.
    return nn.Conv2d(cin, cout, 3, stride=stride, padding=1)  # expect: CB101 unsafe


class Block(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = conv3x3(cin, cout)
        self.norm = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn


def conv3x3(cin, cout, stride=1):
    # Whoever imports this may put no norm behind it, as model.py does: not to be fixed without a look.
    return nn.Conv2d(cin, cout, 3, stride=stride, padding=1, bias=False)


class Block(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = conv3x3(cin, cout)
        self.norm = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
