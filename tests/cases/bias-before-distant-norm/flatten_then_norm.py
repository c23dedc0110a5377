# run: net, (4, 3, 6, 6)

from torch import nn

# Each entry has a mean of its own: the constants of all channels go.
net = nn.Sequential(
    nn.Conv2d(3, 4, 3),  # expect: CB104
    nn.Flatten(),
    nn.BatchNorm1d(64),
    nn.ReLU(),
    nn.Linear(64, 3),
)
# output
from torch import nn

# Each entry has a mean of its own: the constants of all channels go.
net = nn.Sequential(
    nn.Conv2d(3, 4, 3, bias=False),
    nn.Flatten(),
    nn.BatchNorm1d(64),
    nn.ReLU(),
    nn.Linear(64, 3),
)
