# run: net, (2, 3, 16, 16)

from torch import \
    nn

net = (nn.Sequential)(
    ((nn.Conv2d(3, 4, 3))),  # expect: CB101
    (nn.BatchNorm2d)(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, \
              3, bias=False),
    nn.BatchNorm2d(4), nn.ReLU(),
    nn.Conv2d  (4, 4, (3)),  # expect: CB101
    nn.BatchNorm2d(4),
    nn . Conv2d (4, 4, 3, ),  # expect: CB101
    nn.BatchNorm2d(4)
)
# output
from torch import \
    nn

net = (nn.Sequential)(
    ((nn.Conv2d(3, 4, 3, bias=False))),
    (nn.BatchNorm2d)(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, \
              3, bias=False),
    nn.BatchNorm2d(4), nn.ReLU(),
    nn.Conv2d  (4, 4, (3), bias=False),
    nn.BatchNorm2d(4),
    nn . Conv2d (4, 4, 3, bias=False, ),
    nn.BatchNorm2d(4)
)
