# run: Block(2, 3, 4), (2, 3, 8, 8)
# run: Stage(0, 3, 4), (2, 3, 8, 8)
# run: Stage(1, 3, 4), (2, 3, 8, 8)
# run: Stage(-1, 3, 4), (2, 3, 8, 8)
# run: Apart(0, 1, 3, 4), (2, 3, 8, 8)

from torch import nn

CONVS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)


def norm_type(dim):
    return [nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d][dim - 1]


class Block(nn.Module):
    def __init__(self, dim, cin, cout):
        super().__init__()
        self.conv = CONVS[dim - 1](cin, cout, 3)  # expect: CB101
        self.norm = norm_type(dim)(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Stage(nn.Module):
    # The same number picks both: the convolution is never there without the norm.
    def __init__(self, kind, cin, cout):
        super().__init__()
        down, up = (
            nn.Conv2d(cin, cout, 2, 2),  # expect: CB101
            nn.ConvTranspose2d(cin, cout, 2, 2),
        )
        self.scale = (down, up)[kind]
        self.norm = (nn.BatchNorm2d(cout), nn.Identity())[kind]

    def forward(self, x):
        return self.norm(self.scale(x)).relu()


class Apart(nn.Module):
    # Two numbers: either convolution may be there without a norm.
    def __init__(self, kind, norm, cin, cout):
        super().__init__()
        self.scale = (nn.Conv2d(cin, cout, 2, 2), nn.ConvTranspose2d(cin, cout, 2, 2))[kind]
        self.norm = (nn.BatchNorm2d(cout), nn.Identity())[norm]

    def forward(self, x):
        return self.norm(self.scale(x)).relu()


class Lengths(nn.Module):
    # From the back, a number picks other places in sequences of other lengths.
    def __init__(self, kind, cin, cout):
        super().__init__()
        self.scale = (nn.Conv2d(cin, cout, 2, 2), nn.ConvTranspose2d(cin, cout, 2, 2))[kind]
        self.norm = (nn.BatchNorm2d(cout), nn.Identity(), nn.Identity())[kind]

    def forward(self, x):
        return self.norm(self.scale(x)).relu()
# output
from torch import nn

CONVS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)


def norm_type(dim):
    return [nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d][dim - 1]


class Block(nn.Module):
    def __init__(self, dim, cin, cout):
        super().__init__()
        self.conv = CONVS[dim - 1](cin, cout, 3, bias=False)
        self.norm = norm_type(dim)(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


class Stage(nn.Module):
    # The same number picks both: the convolution is never there without the norm.
    def __init__(self, kind, cin, cout):
        super().__init__()
        down, up = (
            nn.Conv2d(cin, cout, 2, 2, bias=False),
            nn.ConvTranspose2d(cin, cout, 2, 2),
        )
        self.scale = (down, up)[kind]
        self.norm = (nn.BatchNorm2d(cout), nn.Identity())[kind]

    def forward(self, x):
        return self.norm(self.scale(x)).relu()


class Apart(nn.Module):
    # Two numbers: either convolution may be there without a norm.
    def __init__(self, kind, norm, cin, cout):
        super().__init__()
        self.scale = (nn.Conv2d(cin, cout, 2, 2), nn.ConvTranspose2d(cin, cout, 2, 2))[kind]
        self.norm = (nn.BatchNorm2d(cout), nn.Identity())[norm]

    def forward(self, x):
        return self.norm(self.scale(x)).relu()


class Lengths(nn.Module):
    # From the back, a number picks other places in sequences of other lengths.
    def __init__(self, kind, cin, cout):
        super().__init__()
        self.scale = (nn.Conv2d(cin, cout, 2, 2), nn.ConvTranspose2d(cin, cout, 2, 2))[kind]
        self.norm = (nn.BatchNorm2d(cout), nn.Identity(), nn.Identity())[kind]

    def forward(self, x):
        return self.norm(self.scale(x)).relu()
