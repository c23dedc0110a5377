# run: Net, (2, 3, 8, 8)

from torch.nn import *


class Net(Module):
    def __init__(self):
        super().__init__()
        self.body = Sequential(Conv2d(3, 4, 3), BatchNorm2d(4), ReLU())  # expect: CB101

    def forward(self, x):
        return self.body(x)
# output
from torch.nn import *


class Net(Module):
    def __init__(self):
        super().__init__()
        self.body = Sequential(Conv2d(3, 4, 3, bias=False), BatchNorm2d(4), ReLU())

    def forward(self, x):
        return self.body(x)
