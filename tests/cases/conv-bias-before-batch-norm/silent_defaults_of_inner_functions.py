# run: Net, (2, 8, 8, 8)
# run: WithDefs, (2, 8, 8, 8)
# run: first_of_two(), (2, 3, 8, 8)

"""The default of an inner function is what it was when the function was defined, not when it is called."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        # The first convolution has no norm behind it.
        self.convs = nn.ModuleList([nn.Conv2d(8, 8, 1) for _ in range(2)])
        self.norms = nn.ModuleList([nn.ReLU(), nn.BatchNorm2d(8)])
        self.ways = []
        for i in range(2):
            self.ways.append(lambda x, i=i: self.norms[i](self.convs[i](x)))

    def forward(self, x):
        for way in self.ways:
            x = way(x)
        return x


class WithDefs(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList()
        for kind in (nn.ReLU, lambda: nn.BatchNorm2d(8)):

            def make(kind=kind):
                return kind()

            if len(self.norms) == 0:
                first = make
            self.norms.append(make())
        self.conv = nn.Conv2d(8, 8, 1)
        self.last = first()

    def forward(self, x):
        return self.last(self.conv(x))


def first_of_two():
    ways = []
    for kind in (nn.Identity, nn.BatchNorm2d):
        ways.append(lambda kind=kind: kind(8))
    return nn.Sequential(nn.Conv2d(3, 8, 3), ways[0](), nn.ReLU())
