# run: trunk(), (2, 3, 8, 8)

from collections import OrderedDict

from torch import nn


def trunk(widths=(3, 8, 8)):
    parts = OrderedDict()
    for i in range(len(widths) - 1):
        parts["conv%d" % i] = nn.Conv2d(widths[i], widths[i + 1], 3)  # expect: CB101
        parts["norm%d" % i] = nn.BatchNorm2d(widths[i + 1])
        parts["relu%d" % i] = nn.ReLU()
    return nn.Sequential(parts)
# output
from collections import OrderedDict

from torch import nn


def trunk(widths=(3, 8, 8)):
    parts = OrderedDict()
    for i in range(len(widths) - 1):
        parts["conv%d" % i] = nn.Conv2d(widths[i], widths[i + 1], 3, bias=False)
        parts["norm%d" % i] = nn.BatchNorm2d(widths[i + 1])
        parts["relu%d" % i] = nn.ReLU()
    return nn.Sequential(parts)
