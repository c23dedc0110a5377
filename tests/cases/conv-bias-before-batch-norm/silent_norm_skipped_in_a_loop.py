# run: Net, (2, 4, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self, depth=2):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(4, 4, 3, padding=1) for _ in range(depth)])  # silent: not the first
        self.norms = nn.ModuleList([nn.BatchNorm2d(4) for _ in range(depth)])

    def forward(self, x):
        for i, (conv, norm) in enumerate(zip(self.convs, self.norms)):
            x = conv(x)
            if i == 0:
                continue
            x = norm(x)
        return x
