from torch import nn

# Not run: SyncBatchNorm wants a process group while training.
body = nn.Sequential(
    nn.Conv2d(3, 8, 3),  # expect: CB101
    nn.SyncBatchNorm(8),
    nn.ReLU(),
    nn.Conv3d(8, 8, 3),  # expect: CB101
    nn.SyncBatchNorm(8),
)
# output
from torch import nn

# Not run: SyncBatchNorm wants a process group while training.
body = nn.Sequential(
    nn.Conv2d(3, 8, 3, bias=False),
    nn.SyncBatchNorm(8),
    nn.ReLU(),
    nn.Conv3d(8, 8, 3, bias=False),
    nn.SyncBatchNorm(8),
)
