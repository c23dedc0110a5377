# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # The loop meets only layers that have one.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)
        for m in self.modules():
            if isinstance(m, (nn.Linear, nn.BatchNorm2d)):
                nn.init.zeros_(m.bias)
        nn.init.constant_(self.head.bias, 0.1)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).relu().mean((2, 3)))
