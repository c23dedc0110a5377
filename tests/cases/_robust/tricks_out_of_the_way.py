# run: Caught, (2, 3, 8, 8)
# run: Handled, (2, 3, 8, 8)
# run: Suppressed, (2, 3, 8, 8)
# run: Everything, (2, 3, 8, 8)
# run: Evaluated, (2, 3, 8, 8)

"""An output leaves by a way that no name shows: of all this nothing is found."""

import contextlib

from torch import nn


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(8)

    def check(self, x):
        raise RuntimeError("too large")


class Caught(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        y = self.conv(x)
        try:
            raise ValueError(y)
        except ValueError as error:
            raw = error.args[0]
        return self.norm(y) + raw


class Handled(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        try:
            y = self.conv(x)
            self.check(y)
            y = self.norm(y)
        except RuntimeError:
            return y
        return y


class Suppressed(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        with contextlib.suppress(RuntimeError):
            y = self.conv(x)
            self.check(y)
            y = self.norm(y)
        return y


class Everything(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        y = self.conv(x)
        z = self.norm(y)
        return {name: value for name, value in locals().items() if name in "yz"}


class Evaluated(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) + eval("y.relu()")
