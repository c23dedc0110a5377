# run: Block(3, 4), (2, 3, 8, 8)

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, cout, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, bias=False)  # expect: CB203
        # self.bn2 = nn.BatchNorm2d(cout)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        return self.conv2(x).relu()
