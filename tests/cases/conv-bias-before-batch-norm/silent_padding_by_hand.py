# run: Net, (2, 3, 8, 8)

from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    # Zeros put around the output do not have the bias; copies of the border do.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = nn.BatchNorm2d(4)
        self.again = nn.Conv2d(4, 4, 3)  # expect: CB104
        self.norm2 = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.norm(F.pad(self.conv(x), (1, 1, 1, 1))).relu()
        return self.norm2(F.pad(self.again(x), (1, 1, 1, 1), mode="replicate"))
# output
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    # Zeros put around the output do not have the bias; copies of the border do.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = nn.BatchNorm2d(4)
        self.again = nn.Conv2d(4, 4, 3, bias=False)
        self.norm2 = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.norm(F.pad(self.conv(x), (1, 1, 1, 1))).relu()
        return self.norm2(F.pad(self.again(x), (1, 1, 1, 1), mode="replicate"))
