# run: Net, (2, 3, 8, 8)

import torch
from torch import nn


class Net(nn.Module):
    # Whole numbers do not move by a constant.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(3, 4, 3)
        self.c = nn.Conv2d(3, 4, 3)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        a = self.a(x).to(torch.int64).to(x.dtype)
        b = torch.div(self.b(x), 0.1, rounding_mode="floor")
        c = self.c(x).type(torch.long).double()
        return self.norm(a), self.norm(b), self.norm(c)
