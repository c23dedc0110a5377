# run: Named, (2, 8, 6, 6)
# run: Contained, (2, 8, 6, 6)
# run: Chosen(True), (2, 8, 6, 6)
# run: Listed, (2, 8, 6, 6)
# run: Iterated, (2, 8, 6, 6)
# run: Once, (2, 8, 6, 6)

"""``children()`` gives a module once, by whatever names it goes; loops over a container and ``values()`` do not."""

from torch import nn


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(8, 8, 1)
        self.last = self.norm

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Contained(nn.Module):
    def __init__(self):
        super().__init__()
        norm = nn.BatchNorm2d(8)
        self.layers = nn.Sequential(norm, nn.Conv2d(8, 8, 1), norm)

    def forward(self, x):
        for _, layer in self.layers.named_children():
            x = layer(x)
        return x


class Chosen(nn.Module):
    def __init__(self, early):
        super().__init__()
        norm = nn.BatchNorm2d(8)
        if early:
            self.first = norm
        self.conv = nn.Conv2d(8, 8, 1)
        self.last = norm

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        conv = nn.Conv2d(8, 8, 1)
        self.layers = nn.ModuleDict({"first": conv, "norm": nn.BatchNorm2d(8), "last": conv})

    def forward(self, x):
        for layer in self.layers.values():
            x = layer(x)
        return x


class Iterated(nn.Module):
    def __init__(self):
        super().__init__()
        conv = nn.Conv2d(8, 8, 1)
        self.layers = nn.Sequential(conv, nn.BatchNorm2d(8), conv)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Once(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)
        self.last = self.conv

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x
# output
"""``children()`` gives a module once, by whatever names it goes; loops over a container and ``values()`` do not."""

from torch import nn


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(8, 8, 1)
        self.last = self.norm

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Contained(nn.Module):
    def __init__(self):
        super().__init__()
        norm = nn.BatchNorm2d(8)
        self.layers = nn.Sequential(norm, nn.Conv2d(8, 8, 1), norm)

    def forward(self, x):
        for _, layer in self.layers.named_children():
            x = layer(x)
        return x


class Chosen(nn.Module):
    def __init__(self, early):
        super().__init__()
        norm = nn.BatchNorm2d(8)
        if early:
            self.first = norm
        self.conv = nn.Conv2d(8, 8, 1)
        self.last = norm

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        conv = nn.Conv2d(8, 8, 1)
        self.layers = nn.ModuleDict({"first": conv, "norm": nn.BatchNorm2d(8), "last": conv})

    def forward(self, x):
        for layer in self.layers.values():
            x = layer(x)
        return x


class Iterated(nn.Module):
    def __init__(self):
        super().__init__()
        conv = nn.Conv2d(8, 8, 1)
        self.layers = nn.Sequential(conv, nn.BatchNorm2d(8), conv)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Once(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.last = self.conv

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x
