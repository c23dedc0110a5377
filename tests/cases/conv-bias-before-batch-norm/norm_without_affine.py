# run: net, (2, 3, 9, 9)

from torch import nn

# Neither affine nor track_running_stats changes that the mean goes.
net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # expect: CB101
    nn.BatchNorm2d(4, affine=False),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3),  # expect: CB101
    nn.BatchNorm2d(4, track_running_stats=False),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3),  # expect: CB101
    nn.BatchNorm2d(4, 0.8),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1),  # expect: CB101
    nn.BatchNorm2d(4, eps=1e-3, momentum=None),
)
# output
from torch import nn

# Neither affine nor track_running_stats changes that the mean goes.
net = nn.Sequential(
    nn.Conv2d(3, 4, 3, bias=False),
    nn.BatchNorm2d(4, affine=False),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, bias=False),
    nn.BatchNorm2d(4, track_running_stats=False),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, bias=False),
    nn.BatchNorm2d(4, 0.8),
    nn.ReLU(),
    nn.Conv2d(4, 4, 1, bias=False),
    nn.BatchNorm2d(4, eps=1e-3, momentum=None),
)
