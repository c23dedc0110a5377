# run: Net, (2, 3, 8, 8)

from torch import nn

LAST = {}
latest = None


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)  # silent: kept for whoever looks
        self.b = nn.Conv2d(4, 4, 3)  # silent: kept for whoever looks
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)

    def forward(self, x):
        global latest
        LAST["a"] = self.a(x)
        x = self.norm_a(LAST["a"]).relu()
        latest = self.b(x)
        return self.norm_b(latest)
