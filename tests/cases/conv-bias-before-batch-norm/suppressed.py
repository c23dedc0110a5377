# run: net, (2, 3, 16, 16)

from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # noqa: CB101  # silent: suppressed
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3),  # convbias-lint: ignore[CB101]  # silent: suppressed
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3),  # noqa: E501  # expect: CB101
    nn.BatchNorm2d(4),
)
# output
from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # noqa: CB101  # silent: suppressed
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3),  # convbias-lint: ignore[CB101]  # silent: suppressed
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.Conv2d(4, 4, 3, bias=False),  # noqa: E501
    nn.BatchNorm2d(4),
)
