# run: Stage(True), (2, 3, 8, 8)
# run: Stage(False), (2, 3, 8, 8)
# run: Looked(True), (2, 3, 8, 8)
# run: Looked(False), (2, 3, 8, 8)
# run: Merged(True), (2, 3, 8, 8)
# run: Merged(False), (2, 3, 8, 8)
# run: Counted(True), (2, 3, 8, 8)
# run: Counted(False), (2, 3, 8, 8)

from collections import OrderedDict

from torch import nn


class Stage(nn.Module):
    def __init__(self, norm):
        super().__init__()
        parts = OrderedDict()
        parts["conv"] = nn.Conv2d(3, 4, 3)  # expect: CB105
        if norm:
            parts["norm"] = nn.BatchNorm2d(4)
        parts["act"] = nn.ReLU()
        self.net = nn.Sequential(parts)

    def forward(self, x):
        return self.net(x)


class Looked(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB105
        norms = {}
        if norm:
            norms["batch"] = nn.BatchNorm2d(4)
        self.norm = norms.get("batch")
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return self.act(x)


class Merged(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB105
        given = {}
        if norm:
            given["norm"] = nn.BatchNorm2d(4)
        self.norm = {"norm": nn.Identity(), **given}["norm"]
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class Counted(nn.Module):
    def __init__(self, norm):
        super().__init__()
        options = {}
        if norm:
            options["norm"] = nn.BatchNorm2d(4)
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB105
        self.norms = nn.ModuleList(options.values())
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        return self.act(x)
# output
from collections import OrderedDict

from torch import nn


class Stage(nn.Module):
    def __init__(self, norm):
        super().__init__()
        parts = OrderedDict()
        parts["conv"] = nn.Conv2d(3, 4, 3, bias=not norm)
        if norm:
            parts["norm"] = nn.BatchNorm2d(4)
        parts["act"] = nn.ReLU()
        self.net = nn.Sequential(parts)

    def forward(self, x):
        return self.net(x)


class Looked(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=not norm)
        norms = {}
        if norm:
            norms["batch"] = nn.BatchNorm2d(4)
        self.norm = norms.get("batch")
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return self.act(x)


class Merged(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=not norm)
        given = {}
        if norm:
            given["norm"] = nn.BatchNorm2d(4)
        self.norm = {"norm": nn.Identity(), **given}["norm"]
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class Counted(nn.Module):
    def __init__(self, norm):
        super().__init__()
        options = {}
        if norm:
            options["norm"] = nn.BatchNorm2d(4)
        self.conv = nn.Conv2d(3, 4, 3, bias=not norm)
        self.norms = nn.ModuleList(options.values())
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        for norm in self.norms:
            x = norm(x)
        return self.act(x)
