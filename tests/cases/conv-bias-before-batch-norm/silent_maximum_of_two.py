# run: Net, (2, 3, 8, 8)

import torch
from torch import nn


class Net(nn.Module):
    # Which of the two is larger depends on their biases.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(3, 4, 3)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(torch.max(self.a(x), self.b(x)))
