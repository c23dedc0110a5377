# run: Shared(), (2, 3, 8, 8)
# run: Untracked(), (2, 3, 8, 8)

from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 4, 3)  # silent: no running mean can make up for both biases
        self.right = nn.Conv2d(3, 4, 3)  # silent: no running mean can make up for both biases
        self.norm = nn.InstanceNorm2d(4, 1e-5, 0.1, False, True)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.left(x))) + self.act(self.norm(self.right(x)))


class Untracked(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 4, 3)  # expect: CB103
        self.right = nn.Conv2d(3, 4, 3)  # expect: CB103
        self.norm = nn.InstanceNorm2d(4, track_running_stats=False)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.left(x))) + self.act(self.norm(self.right(x)))
# output
from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 4, 3)  # silent: no running mean can make up for both biases
        self.right = nn.Conv2d(3, 4, 3)  # silent: no running mean can make up for both biases
        self.norm = nn.InstanceNorm2d(4, 1e-5, 0.1, False, True)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.left(x))) + self.act(self.norm(self.right(x)))


class Untracked(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 4, 3, bias=False)
        self.right = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.InstanceNorm2d(4, track_running_stats=False)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.left(x))) + self.act(self.norm(self.right(x)))
