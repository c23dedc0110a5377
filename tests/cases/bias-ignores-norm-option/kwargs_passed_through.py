# run: Net, (2, 3, 8, 8)

import torch.nn as nn


class BasicConv2d(nn.Module):
    def __init__(self, cin, cout, **kwargs):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, **kwargs)  # expect: CB101 no-fix
        self.bn = nn.BatchNorm2d(cout, eps=0.001)

    def forward(self, x):
        return self.bn(self.conv(x)).relu()


class Net(nn.Module):
    # No caller in view says a bias.
    def __init__(self):
        super().__init__()
        self.a = BasicConv2d(3, 4, kernel_size=3, padding=1)
        self.b = BasicConv2d(4, 4, kernel_size=1)

    def forward(self, x):
        return self.b(self.a(x))
