# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, "gn"), (2, 3, 8, 8)

from torch import nn

NORMS = {
    "bn": nn.BatchNorm2d,
    "in": nn.InstanceNorm2d,
    "gn": lambda width: nn.GroupNorm(2, width),
}


class Block(nn.Module):
    # Redundant for two of the keys, needed for one, and the key is an option of the caller.
    def __init__(self, cin, cout, norm="bn"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        self.norm = NORMS[norm](cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn

NORMS = {
    "bn": nn.BatchNorm2d,
    "in": nn.InstanceNorm2d,
    "gn": lambda width: nn.GroupNorm(2, width),
}


class Block(nn.Module):
    # Redundant for two of the keys, needed for one, and the key is an option of the caller.
    def __init__(self, cin, cout, norm="bn"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=norm not in ("bn", "in"))
        self.norm = NORMS[norm](cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
