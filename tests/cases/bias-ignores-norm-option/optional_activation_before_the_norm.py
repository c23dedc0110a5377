# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, relu_first=True), (2, 3, 8, 8)

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, relu_first=False):
        super().__init__()
        self.relu_first = relu_first
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        self.norm = nn.BatchNorm2d(cout)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if self.relu_first:
            return self.norm(self.relu(x))
        return self.relu(self.norm(x))
# output
from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, relu_first=False):
        super().__init__()
        self.relu_first = relu_first
        self.conv = nn.Conv2d(cin, cout, 3, bias=relu_first)
        self.norm = nn.BatchNorm2d(cout)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if self.relu_first:
            return self.norm(self.relu(x))
        return self.relu(self.norm(x))
