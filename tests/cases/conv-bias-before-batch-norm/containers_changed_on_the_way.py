# run: Cleared(), (2, 3, 8, 8)
# run: Emptied(), (2, 3, 8, 8)
# run: MovedToTheEnd(), (2, 3, 8, 8)
# run: Inserted(), (2, 3, 8, 8)
# run: Discarded(), (2, 3, 8, 8)
# run: Updated({"act": nn.ReLU()}), (2, 3, 8, 8)

from collections import OrderedDict

from torch import nn


class Cleared(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norms = nn.ModuleDict({"norm": nn.BatchNorm2d(8)})
        self.norms.clear()

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms.values():
            x = norm(x)
        return x.relu()


class Emptied(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        norms = {"norm": nn.BatchNorm2d(8)}
        norms.clear()
        self.norms = nn.ModuleList(norms.values())

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        return x.relu()


class MovedToTheEnd(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        parts = OrderedDict(norm=nn.BatchNorm2d(8), act=nn.ReLU())
        parts.move_to_end("norm")
        self.rest = nn.Sequential(parts)

    def forward(self, x):
        return self.rest(self.conv(x))


class Inserted(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
        self.net.insert(-1, nn.ReLU())

    def forward(self, x):
        return self.net(x)


class Discarded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        names = {"norm", "act"}
        names.discard("norm")
        self.norm = nn.BatchNorm2d(8) if "norm" in names else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Updated(nn.Module):
    def __init__(self, extra):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)
        parts = {}
        parts.update(extra)
        self.rest = nn.ModuleList(parts.values())

    def forward(self, x):
        x = self.conv(x)
        for part in self.rest:
            x = part(x)
        return self.norm(x).relu()
