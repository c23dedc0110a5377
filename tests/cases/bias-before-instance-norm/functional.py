# run: Net, (2, 3, 8, 8)

import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)  # expect: CB103
        self.conv2 = nn.Conv2d(4, 4, 3)

    def forward(self, x):
        x = F.relu(F.instance_norm(self.conv1(x)))
        return F.relu(F.group_norm(self.conv2(x), 2))
# output
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, bias=False)
        self.conv2 = nn.Conv2d(4, 4, 3)

    def forward(self, x):
        x = F.relu(F.instance_norm(self.conv1(x)))
        return F.relu(F.group_norm(self.conv2(x), 2))
