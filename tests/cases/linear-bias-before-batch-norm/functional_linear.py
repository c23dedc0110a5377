# run: Cosine, (4, 5)

import torch
from torch import nn
from torch.nn import functional as F


class Cosine(nn.Module):
    # The bias that F.linear adds is a parameter made by hand: there is no argument to change, and the layer
    # before it is needed, for it meets an activation.
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(5, 8)
        self.weight = nn.Parameter(torch.randn(8, 8))
        self.bias = nn.Parameter(torch.zeros(8))
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        return self.norm(F.linear(self.first(x).relu(), self.weight, self.bias))
