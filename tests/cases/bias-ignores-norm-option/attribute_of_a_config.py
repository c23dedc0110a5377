# run: Net(Config()), (2, 3, 8, 8)
# run: Net(Config(batch_norm=False)), (2, 3, 8, 8)

from dataclasses import dataclass

from torch import nn


@dataclass
class Config:
    width: int = 4
    batch_norm: bool = True


class Net(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        layers = [nn.Conv2d(3, config.width, 3)]  # expect: CB105
        if config.batch_norm:
            layers.append(nn.BatchNorm2d(config.width))
        layers.append(nn.ReLU())
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
# output
from dataclasses import dataclass

from torch import nn


@dataclass
class Config:
    width: int = 4
    batch_norm: bool = True


class Net(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        layers = [nn.Conv2d(3, config.width, 3, bias=not config.batch_norm)]
        if config.batch_norm:
            layers.append(nn.BatchNorm2d(config.width))
        layers.append(nn.ReLU())
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
