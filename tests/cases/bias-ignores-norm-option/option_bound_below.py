# run: Below(norm=True), (2, 3, 8, 8)
# run: Hidden(True), (2, 3, 8, 8)
# run: Deleted(True), (2, 3, 8, 8)

from torch import nn


class Below(nn.Module):
    """At the call there is no name yet that a fix could write."""

    def __init__(self, **options):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # silent: its option is bound below
        norm = options.pop("norm", True)
        self.norm = nn.BatchNorm2d(4) if norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Hidden(nn.Module):
    def __init__(self, norm):
        super().__init__()
        convs = [nn.Conv2d(3, 3, 1) for norm in range(1)]  # expect: CB105 no-fix
        self.body = nn.Sequential(*convs, nn.BatchNorm2d(3) if norm else nn.Identity())

    def forward(self, x):
        return self.body(x)


class Deleted(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.flag = norm
        del norm
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB105 no-fix
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        x = self.conv(x)
        return self.norm(x) if self.flag else x
