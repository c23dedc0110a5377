# run: Net, (2, 3, 8, 8)

import copy

from torch import nn


class Net(nn.Module):
    # A second name, a copy, and a list of one layer three times: each is also called without a norm.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 3, 3, padding=1)
        self.also_a = self.a
        self.b = nn.Conv2d(3, 3, 3, padding=1)  # silent: its copy needs the bias
        self.copy_of_b = copy.deepcopy(self.b)
        self.c = nn.ModuleList([nn.Conv2d(3, 3, 3, padding=1)] * 3)
        self.norm_a = nn.BatchNorm2d(3)
        self.norm_b = nn.BatchNorm2d(3)
        self.norm_c = nn.BatchNorm2d(3)

    def forward(self, x):
        x = self.norm_a(self.a(x)).relu()
        x = self.also_a(x).relu()
        x = self.norm_b(self.b(x)).relu()
        x = self.copy_of_b(x).relu()
        x = self.norm_c(self.c[0](x)).relu()
        return self.c[2](x).relu()
