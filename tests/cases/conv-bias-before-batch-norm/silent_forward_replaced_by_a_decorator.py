# run: Net, (2, 3, 8, 8)
# run: UserOfNorm, (2, 3, 8, 8)
# run: WithParts, (2, 3, 8, 8)

from torch import nn


def first_part_only(forward):
    def run(self, x):
        return self[0](x)

    return run


def left_out(forward):
    def run(self, x):
        return x

    return run


def doubled(forward):
    def run(self, x):
        return forward(self, x) * 2

    return run


class Net(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 8, 3),  # what the decorator makes of forward leaves the norm out
            nn.BatchNorm2d(8),
        )

    @first_part_only
    def forward(self, x):
        return super().forward(x)


class Norm(nn.BatchNorm2d):
    @left_out
    def forward(self, x):
        return super().forward(x)


class UserOfNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # the norm hands on what it gets
        self.norm = Norm(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class WithParts(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(3, 8, 3),  # forward takes the convolution out
            nn.BatchNorm2d(8),
        )

    @doubled
    def forward(self, x):
        return self.block[0](x)
