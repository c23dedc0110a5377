# run: UNetBlock(3, 4, 4), (2, 3, 12, 12)
# run: UNetBlock(3, 4, 4, batch_norm=False), (2, 3, 12, 12)

from torch import nn


class UNetBlock(nn.Module):
    def __init__(self, cin, mid, cout, batch_norm=True):
        super().__init__()
        block = []
        block.append(nn.Conv2d(cin, mid, kernel_size=3))  # expect: CB105
        if batch_norm:
            block.append(nn.BatchNorm2d(mid))
        block.append(nn.ReLU())
        block.append(nn.Conv2d(mid, cout, kernel_size=3))  # expect: CB105
        if batch_norm:
            block.append(nn.BatchNorm2d(cout))
        block.append(nn.ReLU())
        self.block = nn.Sequential(*block)
        self.up = nn.ConvTranspose2d(cout, cout, 2, stride=2)

    def forward(self, x):
        return self.up(self.block(x))
# output
from torch import nn


class UNetBlock(nn.Module):
    def __init__(self, cin, mid, cout, batch_norm=True):
        super().__init__()
        block = []
        block.append(nn.Conv2d(cin, mid, kernel_size=3, bias=not batch_norm))
        if batch_norm:
            block.append(nn.BatchNorm2d(mid))
        block.append(nn.ReLU())
        block.append(nn.Conv2d(mid, cout, kernel_size=3, bias=not batch_norm))
        if batch_norm:
            block.append(nn.BatchNorm2d(cout))
        block.append(nn.ReLU())
        self.block = nn.Sequential(*block)
        self.up = nn.ConvTranspose2d(cout, cout, 2, stride=2)

    def forward(self, x):
        return self.up(self.block(x))
