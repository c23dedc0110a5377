# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.__conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self._norm = nn.BatchNorm2d(4)

    @property
    def norm(self):
        return self._norm

    @classmethod
    def small(cls):
        return cls()

    def forward(self, x):
        return self.norm(self.__conv(x)).relu()
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.__conv = nn.Conv2d(3, 4, 3, bias=False)
        self._norm = nn.BatchNorm2d(4)

    @property
    def norm(self):
        return self._norm

    @classmethod
    def small(cls):
        return cls()

    def forward(self, x):
        return self.norm(self.__conv(x)).relu()
