# run: Net, (4, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # Some samples are replaced, some left out of the sum.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 3, 3, padding=1)
        self.b = nn.Conv2d(3, 3, 3, padding=1)
        self.norm_a = nn.BatchNorm2d(3)
        self.norm_b = nn.BatchNorm2d(3)

    def forward(self, x):
        out = x.clone()
        out[:2] = self.a(x[:2])
        y = x.clone()
        y[:, :, ::2] += self.b(x)[:, :, ::2]
        return self.norm_a(out) + self.norm_b(y)
