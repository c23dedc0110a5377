# run: net(), (2, 3, 8, 8)

import functools

import torch.nn as nn


def net(width=4):
    conv3 = functools.partial(nn.Conv2d, kernel_size=3, padding=1)
    plain = functools.partial(nn.Conv2d, kernel_size=1, bias=False)
    return nn.Sequential(
        conv3(3, width),  # expect: CB101
        nn.BatchNorm2d(width),
        nn.ReLU(),
        plain(width, width),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        conv3(width, 1),
    )
# output
import functools

import torch.nn as nn


def net(width=4):
    conv3 = functools.partial(nn.Conv2d, kernel_size=3, padding=1)
    plain = functools.partial(nn.Conv2d, kernel_size=1, bias=False)
    return nn.Sequential(
        conv3(3, width, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        plain(width, width),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        conv3(width, 1),
    )
