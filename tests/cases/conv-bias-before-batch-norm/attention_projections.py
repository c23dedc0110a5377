# run: Attention(4), (2, 4, 6, 6)

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Conv2d(dim, dim, 1)
        self.k = nn.Conv2d(dim, dim, 1)  # silent: the softmax over the keys takes it, which is not followed
        self.v = nn.Conv2d(dim, dim, 1)  # silent: weights that sum to one keep it constant, which is not followed
        self.proj = nn.Conv2d(dim, dim, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = (f(x).flatten(2) for f in (self.q, self.k, self.v))
        weights = torch.softmax(q.transpose(1, 2) @ k, dim=-1)
        out = (v @ weights.transpose(1, 2)).reshape(b, c, h, w)
        return self.norm(self.proj(out))
# output
import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Conv2d(dim, dim, 1)
        self.k = nn.Conv2d(dim, dim, 1)  # silent: the softmax over the keys takes it, which is not followed
        self.v = nn.Conv2d(dim, dim, 1)  # silent: weights that sum to one keep it constant, which is not followed
        self.proj = nn.Conv2d(dim, dim, 1, bias=False)
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = (f(x).flatten(2) for f in (self.q, self.k, self.v))
        weights = torch.softmax(q.transpose(1, 2) @ k, dim=-1)
        out = (v @ weights.transpose(1, 2)).reshape(b, c, h, w)
        return self.norm(self.proj(out))
