# run: Asked(True, True), (2, 3, 8, 8)
# run: Asked(True, False), (2, 3, 8, 8)
# run: Asked(False, True), (2, 3, 8, 8)
# run: Got(True, True), (2, 3, 8, 8)
# run: Got(True, False), (2, 3, 8, 8)
# run: Got(False, True), (2, 3, 8, 8)

from torch import nn


class Asked(nn.Module):
    def __init__(self, norm, batch):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB105
        if norm:
            if batch:
                self.norm = nn.BatchNorm2d(4)
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if hasattr(self, "norm"):
            x = self.norm(x)
        return self.act(x)


class Got(nn.Module):
    def __init__(self, norm, batch):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB105
        if norm:
            if batch:
                self.norm = nn.BatchNorm2d(4)
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        norm = getattr(self, "norm", None)
        if norm is not None:
            x = norm(x)
        return self.act(x)
# output
from torch import nn


class Asked(nn.Module):
    def __init__(self, norm, batch):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=not batch or not norm)
        if norm:
            if batch:
                self.norm = nn.BatchNorm2d(4)
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        if hasattr(self, "norm"):
            x = self.norm(x)
        return self.act(x)


class Got(nn.Module):
    def __init__(self, norm, batch):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=not batch or not norm)
        if norm:
            if batch:
                self.norm = nn.BatchNorm2d(4)
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        norm = getattr(self, "norm", None)
        if norm is not None:
            x = norm(x)
        return self.act(x)
