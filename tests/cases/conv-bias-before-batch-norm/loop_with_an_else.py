# run: Chosen("a"), (2, 3, 8, 8)
# run: Chosen("none"), (2, 3, 8, 8)
# run: BrokenOff(), (2, 3, 8, 8)
# run: WentToItsEnd(), (2, 3, 8, 8)
# run: Counted(), (2, 3, 8, 8)
# run: OfTheOuterLoop(), (2, 3, 8, 8)

"""``else`` of a loop is run where nobody broke out of it."""

from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # the norm is left out in BrokenOff, Counted and OfTheOuterLoop
        self.norm = nn.BatchNorm2d(8)


class BrokenOff(Block):
    def forward(self, x):
        x = self.conv(x)
        for number in (1, 2):
            if number == 2:
                break
        else:
            x = self.norm(x)
        return x


class WentToItsEnd(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        for number in (1, 2):
            if number == 3:
                break
        else:
            x = self.norm(x)
        return x


class Counted(Block):
    def forward(self, x):
        x = self.conv(x)
        count = 0
        while count < 2:
            count += 1
        else:
            return x
        return self.norm(x)


class OfTheOuterLoop(Block):
    def forward(self, x):
        x = self.conv(x)
        for _ in (1, 2):
            for _ in (1, 2):
                pass
            else:
                break
            x = self.norm(x)
        return x


class Chosen(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        for name in ("a", "b"):
            if name == kind:
                self.norm = nn.BatchNorm2d(8)
                break
        else:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))
# output
"""``else`` of a loop is run where nobody broke out of it."""

from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # the norm is left out in BrokenOff, Counted and OfTheOuterLoop
        self.norm = nn.BatchNorm2d(8)


class BrokenOff(Block):
    def forward(self, x):
        x = self.conv(x)
        for number in (1, 2):
            if number == 2:
                break
        else:
            x = self.norm(x)
        return x


class WentToItsEnd(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        for number in (1, 2):
            if number == 3:
                break
        else:
            x = self.norm(x)
        return x


class Counted(Block):
    def forward(self, x):
        x = self.conv(x)
        count = 0
        while count < 2:
            count += 1
        else:
            return x
        return self.norm(x)


class OfTheOuterLoop(Block):
    def forward(self, x):
        x = self.conv(x)
        for _ in (1, 2):
            for _ in (1, 2):
                pass
            else:
                break
            x = self.norm(x)
        return x


class Chosen(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=kind not in ("a", "b"))
        for name in ("a", "b"):
            if name == kind:
                self.norm = nn.BatchNorm2d(8)
                break
        else:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))
