# run: mlp([5, 8, 8], 3), (4, 5)

from torch import nn


def mlp(sizes, classes):
    layers = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(fan_in, fan_out), nn.BatchNorm1d(fan_out), nn.ReLU()]  # expect: CB102
    return nn.Sequential(*layers, nn.Linear(sizes[-1], classes))
# output
from torch import nn


def mlp(sizes, classes):
    layers = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(fan_in, fan_out, bias=False), nn.BatchNorm1d(fan_out), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(sizes[-1], classes))
