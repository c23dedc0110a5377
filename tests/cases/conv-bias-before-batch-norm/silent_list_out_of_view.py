# run: build([torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU()]), (2, 3, 8, 8)

from torch import nn


def build(extra):
    # What stands between is the caller's.
    return nn.Sequential(nn.Conv2d(3, 3, 1), *extra, nn.BatchNorm2d(4))
