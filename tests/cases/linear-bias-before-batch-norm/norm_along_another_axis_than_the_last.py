# run: Swapped(), (2, 4, 5, 3)
# run: Convolved(), (2, 4, 5, 3)

from torch import nn


class Swapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 8)
        self.norm = nn.BatchNorm2d(5)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.fc(x).transpose(1, 2)))


class Convolved(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 8)
        self.conv = nn.Conv2d(5, 6, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(6)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(self.fc(x).transpose(1, 2))))
# output
from torch import nn


class Swapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 8)
        self.norm = nn.BatchNorm2d(5)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.fc(x).transpose(1, 2)))


class Convolved(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 8)
        self.conv = nn.Conv2d(5, 6, 1, bias=False)
        self.norm = nn.BatchNorm2d(6)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(self.fc(x).transpose(1, 2))))
