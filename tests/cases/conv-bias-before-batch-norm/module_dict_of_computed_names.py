# run: Net(3), (2, 3, 8, 8)
# run: Crossed(3), (2, 3, 8, 8)
# run: Twice(3), (2, 3, 8, 8)

"""A ModuleDict that a loop fills under computed names; in the other models another layer may stand there."""

from torch import nn


class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.depth = depth
        self.parts = nn.ModuleDict()
        for i in range(depth):
            self.parts[f"conv{i}"] = nn.Conv2d(3, 3, 3, padding=1)  # expect: CB101
            self.parts[f"norm{i}"] = nn.BatchNorm2d(3)
        self.parts["last"] = nn.Conv2d(3, 3, 1)

    def forward(self, x):
        for i in range(self.depth):
            x = self.parts[f"norm{i}"](self.parts["conv%d" % i](x)).relu()
        return self.parts["last"](x)


class Crossed(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.depth = depth
        self.parts = nn.ModuleDict()
        for i in range(depth):
            self.parts[f"conv{i}"] = nn.Conv2d(3, 3, 3, padding=1)  # silent: of two in three it is needed
            self.parts[f"norm{i}"] = nn.BatchNorm2d(3)
        self.parts["norm1"] = nn.Identity()

    def forward(self, x):
        for i in range(1, self.depth):
            x = self.parts[f"norm{i}"](self.parts[f"conv{i}"](x)).relu()
        return self.parts["conv0"](x)


class Twice(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.depth = depth
        self.parts = nn.ModuleDict()
        for i in range(depth):
            self.parts[f"conv{i}"] = nn.Conv2d(3, 3, 3, padding=1)
            self.parts[f"norm{i}"] = nn.BatchNorm2d(3)

    def forward(self, x):
        for i in range(self.depth):
            x = self.parts[f"norm{i}"](self.parts[f"conv{i}"](x)).relu()
        return self.parts["conv1"](x) + self.parts["conv0"](x) + self.parts["conv2"](x)


# output
"""A ModuleDict that a loop fills under computed names; in the other models another layer may stand there."""

from torch import nn


class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.depth = depth
        self.parts = nn.ModuleDict()
        for i in range(depth):
            self.parts[f"conv{i}"] = nn.Conv2d(3, 3, 3, padding=1, bias=False)
            self.parts[f"norm{i}"] = nn.BatchNorm2d(3)
        self.parts["last"] = nn.Conv2d(3, 3, 1)

    def forward(self, x):
        for i in range(self.depth):
            x = self.parts[f"norm{i}"](self.parts["conv%d" % i](x)).relu()
        return self.parts["last"](x)


class Crossed(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.depth = depth
        self.parts = nn.ModuleDict()
        for i in range(depth):
            self.parts[f"conv{i}"] = nn.Conv2d(3, 3, 3, padding=1)  # silent: of two in three it is needed
            self.parts[f"norm{i}"] = nn.BatchNorm2d(3)
        self.parts["norm1"] = nn.Identity()

    def forward(self, x):
        for i in range(1, self.depth):
            x = self.parts[f"norm{i}"](self.parts[f"conv{i}"](x)).relu()
        return self.parts["conv0"](x)


class Twice(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.depth = depth
        self.parts = nn.ModuleDict()
        for i in range(depth):
            self.parts[f"conv{i}"] = nn.Conv2d(3, 3, 3, padding=1)
            self.parts[f"norm{i}"] = nn.BatchNorm2d(3)

    def forward(self, x):
        for i in range(self.depth):
            x = self.parts[f"norm{i}"](self.parts[f"conv{i}"](x)).relu()
        return self.parts["conv1"](x) + self.parts["conv0"](x) + self.parts["conv2"](x)


