# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # In training each call subtracts its own mean. In evaluation both subtract one running mean, a mixture
    # that takes away neither bias: the function changes without them, and no running mean can make up for it.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)  # silent: evaluation shows it
        self.b = nn.Conv2d(3, 4, 3)  # silent: evaluation shows it
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.a(x)).relu() + self.norm(self.b(x)).relu()
