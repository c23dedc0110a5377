# run: Refused, (2, 3, 8, 8)
# run: Misnamed, (2, 3, 8, 8)
# run: Divided, (2, 3, 8, 8)
# run: Uneven, (2, 3, 8, 8)
# run: Sure, (2, 3, 8, 8)

"""Norms that fail when they are built: what the handler puts in their place counts, too."""

from torch import nn


class Never(nn.BatchNorm2d):
    def __init__(self, width):
        super().__init__(width)
        raise ValueError("no such norm")


class Refused(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        for norm in (Never, nn.Identity):
            try:
                self.norm = norm(8)
                break
            except ValueError:
                pass

    def forward(self, x):
        return self.norm(self.conv(x))


class Misnamed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        try:
            self.norm = nn.BatchNorm2d(8, of_the_batch=True)
        except TypeError:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Zero(nn.BatchNorm2d):
    def __init__(self, width):
        super().__init__(width)
        self.share = 1 / (width - 8)


class Divided(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        try:
            self.norm = Zero(8)
        except ZeroDivisionError:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Uneven(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        try:
            self.groups = nn.GroupNorm(3, 8)
            self.norm = nn.BatchNorm2d(8)
        except ValueError:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Sure(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        try:
            from no_such_package import FastNorm

            self.norm = nn.Sequential(nn.BatchNorm2d(8), FastNorm(8))
        except ImportError:
            self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


# output
"""Norms that fail when they are built: what the handler puts in their place counts, too."""

from torch import nn


class Never(nn.BatchNorm2d):
    def __init__(self, width):
        super().__init__(width)
        raise ValueError("no such norm")


class Refused(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        for norm in (Never, nn.Identity):
            try:
                self.norm = norm(8)
                break
            except ValueError:
                pass

    def forward(self, x):
        return self.norm(self.conv(x))


class Misnamed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        try:
            self.norm = nn.BatchNorm2d(8, of_the_batch=True)
        except TypeError:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Zero(nn.BatchNorm2d):
    def __init__(self, width):
        super().__init__(width)
        self.share = 1 / (width - 8)


class Divided(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        try:
            self.norm = Zero(8)
        except ZeroDivisionError:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Uneven(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        try:
            self.groups = nn.GroupNorm(3, 8)
            self.norm = nn.BatchNorm2d(8)
        except ValueError:
            self.norm = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Sure(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        try:
            from no_such_package import FastNorm

            self.norm = nn.Sequential(nn.BatchNorm2d(8), FastNorm(8))
        except ImportError:
            self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


