# run: Optional(act=True), (2, 3, 8, 8)
# run: Optional(act=False), (2, 3, 8, 8)
# run: Given(nn.ReLU()), (2, 3, 8, 8)
# run: Transform(3), (2, 3, 8, 8)
# run: Modules(), (2, 3, 8, 8)

"""`children()` goes through what options put among the attributes, too."""

from torch import nn


class Optional(nn.Module):
    def __init__(self, act=True):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB105
        self.act = nn.ReLU() if act else None
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Given(nn.Module):
    def __init__(self, act):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.act = act
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for _, layer in self.named_children():
            x = layer(x)
        return x


class Transform(nn.Module):
    def __init__(self, width, norm=nn.BatchNorm2d):
        super().__init__()
        self.width = width
        self.conv = nn.Conv2d(width, 8, 1)  # expect: CB105
        self.norm = norm(8)
        self.norm.final_norm = True

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Modules(nn.Module):
    def __init__(self, act=nn.ReLU):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.act = act()
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for layer in self._modules.values():
            x = layer(x)
        return x


# output
"""`children()` goes through what options put among the attributes, too."""

from torch import nn


class Optional(nn.Module):
    def __init__(self, act=True):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=act)
        self.act = nn.ReLU() if act else None
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Given(nn.Module):
    def __init__(self, act):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.act = act
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for _, layer in self.named_children():
            x = layer(x)
        return x


class Transform(nn.Module):
    def __init__(self, width, norm=nn.BatchNorm2d):
        super().__init__()
        self.width = width
        self.conv = nn.Conv2d(width, 8, 1, bias=norm is not nn.BatchNorm2d)
        self.norm = norm(8)
        self.norm.final_norm = True

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class Modules(nn.Module):
    def __init__(self, act=nn.ReLU):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.act = act()
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        for layer in self._modules.values():
            x = layer(x)
        return x


