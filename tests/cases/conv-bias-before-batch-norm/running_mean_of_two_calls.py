# run: Shared(), (2, 3, 8, 8)
# run: Own(), (2, 3, 8, 8)

import torch
import torch.nn.functional as F
from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 8, 3)  # silent: no running mean can make up for both biases
        self.right = nn.Conv2d(3, 8, 3)  # silent: no running mean can make up for both biases
        self.register_buffer("mean", torch.zeros(8))
        self.register_buffer("var", torch.ones(8))

    def norm(self, x):
        return F.batch_norm(x, self.mean, self.var, training=self.training)

    def forward(self, x):
        return self.norm(self.left(x)).relu() + self.norm(self.right(x)).relu()


class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.right = nn.Conv2d(3, 8, 3)  # expect: CB101

    def norm(self, x):
        return F.batch_norm(x, None, None, training=True)

    def forward(self, x):
        return self.norm(self.left(x)).relu() + self.norm(self.right(x)).relu()
# output
import torch
import torch.nn.functional as F
from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 8, 3)  # silent: no running mean can make up for both biases
        self.right = nn.Conv2d(3, 8, 3)  # silent: no running mean can make up for both biases
        self.register_buffer("mean", torch.zeros(8))
        self.register_buffer("var", torch.ones(8))

    def norm(self, x):
        return F.batch_norm(x, self.mean, self.var, training=self.training)

    def forward(self, x):
        return self.norm(self.left(x)).relu() + self.norm(self.right(x)).relu()


class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 8, 3, bias=False)
        self.right = nn.Conv2d(3, 8, 3, bias=False)

    def norm(self, x):
        return F.batch_norm(x, None, None, training=True)

    def forward(self, x):
        return self.norm(self.left(x)).relu() + self.norm(self.right(x)).relu()
