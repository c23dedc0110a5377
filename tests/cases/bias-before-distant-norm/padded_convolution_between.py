# run: net, (2, 3, 8, 8)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 1),  # the next one pads zeros, which do not have the bias
    nn.Conv2d(4, 4, 3, padding=1),  # expect: CB101
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1),  # expect: CB104
    nn.Conv2d(4, 4, 3, padding=1, padding_mode="reflect"),  # expect: CB101
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1),  # "same" pads too
    nn.Conv2d(4, 4, 3, padding="same"),  # expect: CB101
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1),  # expect: CB104
    nn.Conv2d(4, 4, 3, padding="valid"),  # expect: CB101
    nn.BatchNorm2d(4),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 1),  # the next one pads zeros, which do not have the bias
    nn.Conv2d(4, 4, 3, padding=1, bias=False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1, bias=False),
    nn.Conv2d(4, 4, 3, padding=1, padding_mode="reflect", bias=False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1),  # "same" pads too
    nn.Conv2d(4, 4, 3, padding="same", bias=False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1, bias=False),
    nn.Conv2d(4, 4, 3, padding="valid", bias=False),
    nn.BatchNorm2d(4),
)
