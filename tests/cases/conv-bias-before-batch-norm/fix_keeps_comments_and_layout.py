# run: net, (2, 3, 16, 16)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(  # expect: CB101
        3,  # in
        8,  # out
        kernel_size=3,  # no padding
    ),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(  # expect: CB101
        8,
        8,
        kernel_size=3
        # the last line has no comma
    ),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(8, 8,  # expect: CB101
              kernel_size=3,
              dilation=2),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(  8, 8, 1, ),  # expect: CB101
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(8, 8, 1,),  # expect: CB101
    nn.BatchNorm2d(8),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(
        3,  # in
        8,  # out
        kernel_size=3,  # no padding
        bias=False,
    ),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(
        8,
        8,
        kernel_size=3,
        bias=False
        # the last line has no comma
    ),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(8, 8,
              kernel_size=3,
              dilation=2,
              bias=False),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(  8, 8, 1, bias=False, ),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(8, 8, 1, bias=False,),
    nn.BatchNorm2d(8),
)
