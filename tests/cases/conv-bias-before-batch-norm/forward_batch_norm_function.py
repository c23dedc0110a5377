# run: Net, (2, 3, 8, 8)

import torch
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.again = nn.Conv2d(4, 4, 3)
        self.register_buffer("running_mean", torch.zeros(4))
        self.register_buffer("running_var", torch.ones(4))

    def forward(self, x):
        x = F.batch_norm(self.conv(x), None, None, training=True)
        x = self.again(x.relu())
        # Here evaluation subtracts a mean that training keeps, and who trains is not known.
        return F.batch_norm(x, self.running_mean, self.running_var, training=False)
# output
import torch
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.again = nn.Conv2d(4, 4, 3)
        self.register_buffer("running_mean", torch.zeros(4))
        self.register_buffer("running_var", torch.ones(4))

    def forward(self, x):
        x = F.batch_norm(self.conv(x), None, None, training=True)
        x = self.again(x.relu())
        # Here evaluation subtracts a mean that training keeps, and who trains is not known.
        return F.batch_norm(x, self.running_mean, self.running_var, training=False)
