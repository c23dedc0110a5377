# run: Net, (2, 3, 8, 8)
# run: Loaded, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101 unsafe
        self.norm = nn.BatchNorm2d(4)
        self.second = nn.Conv2d(4, 4, 3)  # expect: CB101
        self.second_norm = nn.BatchNorm2d(4)

    def encode(self, x):
        # In view forward calls it, and puts the norm behind it; others may not.
        return self.conv(x)

    def _project(self, x):
        return self.second(x)

    def forward(self, x):
        x = self.norm(self.encode(x)).relu()
        return self.second_norm(self._project(x))


class Loaded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: load_features gives its output to the caller
        self.norm = nn.BatchNorm2d(4)

    def load_features(self, x):
        return self.conv(x)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.second = nn.Conv2d(4, 4, 3, bias=False)
        self.second_norm = nn.BatchNorm2d(4)

    def encode(self, x):
        # In view forward calls it, and puts the norm behind it; others may not.
        return self.conv(x)

    def _project(self, x):
        return self.second(x)

    def forward(self, x):
        x = self.norm(self.encode(x)).relu()
        return self.second_norm(self._project(x))


class Loaded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: load_features gives its output to the caller
        self.norm = nn.BatchNorm2d(4)

    def load_features(self, x):
        return self.conv(x)

    def forward(self, x):
        return self.norm(self.conv(x))
