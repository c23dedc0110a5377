# run: net, (4, 5)

from torch import nn

net = nn.Sequential(
    nn.LazyLinear(8),  # expect: CB102
    nn.LazyBatchNorm1d(),
    nn.ReLU(),
    nn.LazyLinear(8, True),  # expect: CB102
    nn.BatchNorm1d(8),
    nn.ReLU(),
    nn.Linear(8, 8, True),  # expect: CB102
    nn.BatchNorm1d(8),
    nn.ReLU(),
    nn.Linear(8, 8, False),
    nn.BatchNorm1d(8),
)
# output
from torch import nn

net = nn.Sequential(
    nn.LazyLinear(8, bias=False),
    nn.LazyBatchNorm1d(),
    nn.ReLU(),
    nn.LazyLinear(8, False),
    nn.BatchNorm1d(8),
    nn.ReLU(),
    nn.Linear(8, 8, False),
    nn.BatchNorm1d(8),
    nn.ReLU(),
    nn.Linear(8, 8, False),
    nn.BatchNorm1d(8),
)
