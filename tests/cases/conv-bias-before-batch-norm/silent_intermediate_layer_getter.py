# run: Net, (2, 3, 8, 8)

from torch import nn

try:
    from mycompany.backbones import Taps
except ImportError:

    class Taps(nn.ModuleDict):
        def __init__(self, model, names):
            super().__init__(dict(model.named_children()))
            self.names = names

        def forward(self, x):
            out = {}
            for name, layer in self.items():
                x = layer(x)
                if name in self.names:
                    out[name] = x
            return out


class Net(nn.Module):
    # The wrapper gives out what any of the layers gives.
    def __init__(self):
        super().__init__()
        self.body = Taps(nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()), names=["0", "2"])

    def forward(self, x):
        return self.body(x)
