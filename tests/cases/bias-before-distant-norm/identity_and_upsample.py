# run: net, (2, 3, 6, 6)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # expect: CB104
    nn.Identity(),
    nn.Upsample(scale_factor=2, mode="bilinear"),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3),  # expect: CB104
    nn.UpsamplingNearest2d(scale_factor=2),
    nn.AdaptiveAvgPool2d(3),
    nn.BatchNorm2d(4),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3, bias=False),
    nn.Identity(),
    nn.Upsample(scale_factor=2, mode="bilinear"),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, bias=False),
    nn.UpsamplingNearest2d(scale_factor=2),
    nn.AdaptiveAvgPool2d(3),
    nn.BatchNorm2d(4),
)
