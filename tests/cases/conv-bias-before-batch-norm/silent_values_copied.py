# run: Net, (2, 3, 8, 8)

import torch
from torch import nn


class Net(nn.Module):
    # The copy holds what the convolution gave, bias and all.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.norm_a = nn.BatchNorm2d(4)
        self.b = nn.Conv2d(3, 4, 3)  # silent: item() shows it, though no gradient flows
        self.norm_b = nn.BatchNorm2d(4)
        self.c = nn.Conv2d(3, 4, 3)
        self.norm_c = nn.BatchNorm2d(4)

    def forward(self, x):
        a, b, c = self.a(x), self.b(x), self.c(x)
        grid = torch.as_tensor(a)
        first = b.flatten()[0].item()
        shifted = torch.full_like(x, 1.0) * c.mean()
        return self.norm_a(a), grid, self.norm_b(b) * first, self.norm_c(c), shifted
