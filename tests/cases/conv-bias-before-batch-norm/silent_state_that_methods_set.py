# run: Frozen, (2, 3, 8, 8)
# run: TwoAtOnce, (2, 3, 8, 8)
# run: WarmUp, (2, 3, 8, 8)
# run: Annealed, (2, 3, 8, 8)
# run: Stepwise, (2, 3, 8, 8)
# run: Switched, (2, 3, 8, 8)

import torch.nn.functional as F
from torch import nn


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: the norm is left out once set_frozen was called
        self.norm = nn.BatchNorm2d(4)
        self.frozen = False

    def set_frozen(self, frozen):
        self.frozen = frozen

    def forward(self, x):
        x = self.conv(x)
        return x if self.frozen else self.norm(x)


class TwoAtOnce(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: the method sets two attributes in one statement
        self.norm = nn.BatchNorm2d(4)
        self.plain, self.scale = False, 1.0

    def simplify(self):
        self.plain, self.scale = True, 0.5

    def forward(self, x):
        x = self.conv(x) * 2
        return x if self.plain else self.norm(x)


class WarmUp(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: the norm is left out in later calls
        self.norm = nn.BatchNorm2d(4)
        self.seen = 0

    def forward(self, x):
        x = self.conv(x)
        if self.seen > 1000:
            return x
        self.seen += 1
        return self.norm(x)


class Annealed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: Dropout of another rate stands between
        self.norm = nn.BatchNorm2d(4)
        self._rate = 0.0

    @property
    def rate(self):
        return self._rate

    @rate.setter
    def rate(self, rate):
        self._rate = rate

    def forward(self, x):
        return self.norm(F.dropout(self.conv(x), self._rate))


class Stepwise(nn.Module):
    def __init__(self, at_once=False):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: simplify may be called later, too
        self.norm = nn.BatchNorm2d(4)
        self.simple = False
        if at_once:
            self.simplify()

    def simplify(self):
        self.simple = True

    def forward(self, x):
        x = self.conv(x)
        return x if self.simple else self.norm(x)


class Switched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: code outside leaves the norm out
        self.norm = nn.BatchNorm2d(4)
        self.skip_norm = False

    def forward(self, x):
        x = self.conv(x)
        return x if self.skip_norm else self.norm(x)


def without_norm():
    model = Switched()
    model.skip_norm = True
    return model
