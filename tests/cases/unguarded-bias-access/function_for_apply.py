from torch import nn

# hasattr is true of None as well.


def init_weights(m):
    if isinstance(m, nn.Conv2d):
        nn.init.xavier_uniform_(m.weight)
        if hasattr(m, "bias"):
            m.bias.data.zero_()  # expect: CB201


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.apply(init_weights)

    def forward(self, x):
        return self.body(x)
# output
from torch import nn

# hasattr is true of None as well.


def init_weights(m):
    if isinstance(m, nn.Conv2d):
        nn.init.xavier_uniform_(m.weight)
        if hasattr(m, "bias"):
            if m.bias is not None:
                m.bias.data.zero_()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.apply(init_weights)

    def forward(self, x):
        return self.body(x)
