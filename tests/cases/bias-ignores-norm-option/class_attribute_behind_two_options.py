# run: Net(True, False), (2, 3, 8, 8)
# run: Net(False, True), (2, 3, 8, 8)
# run: Net(False, False), (2, 3, 8, 8)
# run: Hidden(True), (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    which = "none"

    def __init__(self, batch, grouped):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.batch, self.grouped = nn.BatchNorm2d(8), nn.GroupNorm(2, 8)
        if batch:
            self.which = "batch"
        elif grouped:
            self.which = "grouped"

    def forward(self, x):
        x = self.conv(x)
        if self.which == "batch":
            x = self.batch(x)
        if self.which == "grouped":
            x = self.grouped(x)
        return x.relu()


class Hidden(nn.Module):
    """PyTorch looks for a module only where there is no other attribute: ``self.norm`` stays None."""

    norm = None

    def __init__(self, batch):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        if batch:
            self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x.relu()
# output
from torch import nn


class Net(nn.Module):
    which = "none"

    def __init__(self, batch, grouped):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=not batch)
        self.batch, self.grouped = nn.BatchNorm2d(8), nn.GroupNorm(2, 8)
        if batch:
            self.which = "batch"
        elif grouped:
            self.which = "grouped"

    def forward(self, x):
        x = self.conv(x)
        if self.which == "batch":
            x = self.batch(x)
        if self.which == "grouped":
            x = self.grouped(x)
        return x.relu()


class Hidden(nn.Module):
    """PyTorch looks for a module only where there is no other attribute: ``self.norm`` stays None."""

    norm = None

    def __init__(self, batch):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        if batch:
            self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x.relu()
