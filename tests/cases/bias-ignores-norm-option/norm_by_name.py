# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, "instance"), (2, 3, 8, 8)
# run: Block(3, 4, "none"), (2, 3, 8, 8)

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, norm="batch"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105
        if norm == "batch":
            self.norm = nn.BatchNorm2d(cout)
        elif norm == "instance":
            self.norm = nn.InstanceNorm2d(cout)
        elif norm == "none":
            self.norm = nn.Identity()
        else:
            raise ValueError(f"unknown norm {norm!r}")

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, norm="batch"):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, bias=norm not in ("batch", "instance"))
        if norm == "batch":
            self.norm = nn.BatchNorm2d(cout)
        elif norm == "instance":
            self.norm = nn.InstanceNorm2d(cout)
        elif norm == "none":
            self.norm = nn.Identity()
        else:
            raise ValueError(f"unknown norm {norm!r}")

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
