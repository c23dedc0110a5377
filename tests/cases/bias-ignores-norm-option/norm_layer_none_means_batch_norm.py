# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, lambda n: torch.nn.GroupNorm(2, n)), (2, 3, 8, 8)

from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout, norm_layer=None):
        super().__init__()
        if norm_layer is None:
            norm_layer = nn.BatchNorm2d
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105 no-fix
        self.norm = norm_layer(cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
