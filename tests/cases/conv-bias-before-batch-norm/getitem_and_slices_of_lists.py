# run: Net, (2, 3, 12, 12)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()]  # expect: CB101
        layers = layers + [nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU()]  # expect: CB101
        self.head = nn.Sequential(*layers[:3])
        self.tail = nn.Sequential(*layers[3:-1])
        self.last = layers[-1]
        removed = [nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4)]
        removed.pop()
        self.bare = nn.Sequential(*removed, nn.Tanh())

    def forward(self, x):
        return self.bare(self.last(self.tail(self.head(x))))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU()]
        layers = layers + [nn.Conv2d(4, 4, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU()]
        self.head = nn.Sequential(*layers[:3])
        self.tail = nn.Sequential(*layers[3:-1])
        self.last = layers[-1]
        removed = [nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4)]
        removed.pop()
        self.bare = nn.Sequential(*removed, nn.Tanh())

    def forward(self, x):
        return self.bare(self.last(self.tail(self.head(x))))
