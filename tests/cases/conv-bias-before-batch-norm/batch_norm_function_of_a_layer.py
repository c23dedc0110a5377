# run: Net, (2, 3, 8, 8)

from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.n = nn.BatchNorm2d(4)

    def forward(self, x):
        n = self.n
        y = F.batch_norm(self.conv(x), n.running_mean, n.running_var, n.weight, n.bias, self.training, 0.1, n.eps)
        return y.relu()
# output
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.n = nn.BatchNorm2d(4)

    def forward(self, x):
        n = self.n
        y = F.batch_norm(self.conv(x), n.running_mean, n.running_var, n.weight, n.bias, self.training, 0.1, n.eps)
        return y.relu()
