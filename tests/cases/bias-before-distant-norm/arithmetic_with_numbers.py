# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)  # expect: CB104
        self.norm_a = nn.BatchNorm2d(4)
        self.b = nn.Conv2d(3, 4, 3)
        self.norm_b = nn.BatchNorm2d(4)
        self.c = nn.Conv2d(3, 4, 3)
        self.norm_c = nn.BatchNorm2d(4)

    def forward(self, x):
        a = 1.0 - self.a(x) / 2
        b = self.b(x) ** 2
        c = 1.0 / self.c(x)
        return self.norm_a(a), self.norm_b(b), self.norm_c(c)
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3, bias=False)
        self.norm_a = nn.BatchNorm2d(4)
        self.b = nn.Conv2d(3, 4, 3)
        self.norm_b = nn.BatchNorm2d(4)
        self.c = nn.Conv2d(3, 4, 3)
        self.norm_c = nn.BatchNorm2d(4)

    def forward(self, x):
        a = 1.0 - self.a(x) / 2
        b = self.b(x) ** 2
        c = 1.0 / self.c(x)
        return self.norm_a(a), self.norm_b(b), self.norm_c(c)
