# run: net, (2, 3, 12, 12)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # zeros of the padding are averaged in: the border has less of the bias
    nn.AvgPool2d(3, padding=1),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, padding=1),  # expect: CB104
    nn.AvgPool2d(3, padding=1, count_include_pad=False),
    nn.BatchNorm2d(4),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # zeros of the padding are averaged in: the border has less of the bias
    nn.AvgPool2d(3, padding=1),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, padding=1, bias=False),
    nn.AvgPool2d(3, padding=1, count_include_pad=False),
    nn.BatchNorm2d(4),
)
