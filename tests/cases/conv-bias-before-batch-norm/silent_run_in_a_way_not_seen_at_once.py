# run: Several, (2, 3, 6, 6)
# run: Deep, (2, 3, 6, 6)
# run: Normed, (2, 3, 6, 6)

from torch import nn


class Several(nn.Module):
    # One norm for several convolutions: its running mean cannot follow all of their biases.
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(3, 8, 1) for _ in range(3))  # silent: the norm serves several
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return [self.norm(conv(x)) for conv in self.convs]


class Deep(nn.Module):
    # Only the last of many calls gives back what has met no norm.
    def __init__(self, depth=30):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 1)
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return self.go_down(x, 30)

    def go_down(self, x, depth):
        x = self.conv(x)
        return x if depth == 0 else self.go_down(self.norm(x), depth - 1)


class Private(nn.Module):
    def __init__(self):
        super().__init__()
        self.__conv = nn.Conv2d(3, 8, 1)
        self.__norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.__norm(self.__conv(x))


class Derived(Private):
    def forward(self, x):
        return self._Private__conv(x).relu()


conv = nn.Conv2d(3, 3, 1)  # silent: another class runs it without a norm


class Normed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = conv
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return self.norm(self.conv(x))


class Bare(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = conv

    def forward(self, x):
        return self.conv(x)
