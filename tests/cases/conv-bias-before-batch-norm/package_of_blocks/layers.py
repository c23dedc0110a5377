from torch import nn


def conv3x3(cin, cout, stride=1, bias=True):
    return nn.Conv2d(cin, cout, 3, stride=stride, padding=1, bias=bias)


def bare(cin, cout):
    return nn.Conv2d(cin, cout, 1)
