# run: body, (2, 3, 8, 8)

from torch import nn

body = nn.Sequential(
    nn.Conv2d(3, 8, 3),  # expect: CB101
    nn.SyncBatchNorm(8),
    nn.ReLU(),
    nn.Conv2d(8, 8, 3),  # expect: CB101
    nn.SyncBatchNorm(8),
)
# output
from torch import nn

body = nn.Sequential(
    nn.Conv2d(3, 8, 3, bias=False),
    nn.SyncBatchNorm(8),
    nn.ReLU(),
    nn.Conv2d(8, 8, 3, bias=False),
    nn.SyncBatchNorm(8),
)
