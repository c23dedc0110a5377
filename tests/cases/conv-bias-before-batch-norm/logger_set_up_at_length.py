# run: Net, (2, 3, 8, 8)

"""What a model mentions may take long to work out: that is no reason to give up the model."""

import torch.nn as nn


class Log:
    def __init__(self, name):
        self.rows = {}
        for first in range(60):
            for second in range(60):
                self.rows[(first, second)] = f"{name}: {first + second}"

    def info(self, text):
        print(text)


log = Log(__name__)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        log.info("a new model")
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


# output
"""What a model mentions may take long to work out: that is no reason to give up the model."""

import torch.nn as nn


class Log:
    def __init__(self, name):
        self.rows = {}
        for first in range(60):
            for second in range(60):
                self.rows[(first, second)] = f"{name}: {first + second}"

    def info(self, text):
        print(text)


log = Log(__name__)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        log.info("a new model")
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


