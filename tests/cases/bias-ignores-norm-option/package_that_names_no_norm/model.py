# run: Net(), (2, 3, 8, 8)
# run: Net(Identity), (2, 3, 8, 8)

from torch.nn import Conv2d, Identity, Module

from .defaults import NORM


class Net(Module):
    def __init__(self, norm_layer=NORM):
        super().__init__()
        self.conv = Conv2d(3, 8, 3)  # expect: CB105 no-fix
        self.norm = norm_layer(8)

    def forward(self, x):
        return self.norm(self.conv(x))
