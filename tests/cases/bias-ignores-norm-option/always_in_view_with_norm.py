# run: net, (2, 3, 8, 8)

from torch import nn


def unit(cin, cout, batch_norm):
    layers = [nn.Conv2d(cin, cout, 3)]  # expect: CB105
    if batch_norm:
        layers.append(nn.BatchNorm2d(cout))
    return nn.Sequential(*layers, nn.ReLU())


net = nn.Sequential(unit(3, 4, True), unit(4, 4, True))
# output
from torch import nn


def unit(cin, cout, batch_norm):
    layers = [nn.Conv2d(cin, cout, 3, bias=not batch_norm)]
    if batch_norm:
        layers.append(nn.BatchNorm2d(cout))
    return nn.Sequential(*layers, nn.ReLU())


net = nn.Sequential(unit(3, 4, True), unit(4, 4, True))
