# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, layer_norm_factory()), (2, 3, 8, 8)
# run: Attention(4), (2, 4, 8, 8)
# run: Attention(4, None), (2, 4, 8, 8)
# run: Grouped(3, 4), (2, 3, 8, 8)

from inspect import isfunction

from torch import nn


def batch_norm_factory(eps=1e-5):
    return lambda width: nn.BatchNorm2d(width, eps=eps)


def layer_norm_factory(eps=1e-5):
    return lambda width: nn.GroupNorm(1, width, eps=eps)


def create_norm(normalization, **kwargs):
    assert normalization is not None
    if isfunction(normalization):
        return normalization(**kwargs)
    assert isinstance(normalization, nn.Module)
    return normalization


def conv1x1(cin, cout, bias=False):
    return nn.Conv2d(cin, cout, 1, bias=bias)


class Block(nn.Module):
    # A call as a default has no name that an argument could be compared with.
    def __init__(self, cin, cout, normalization=batch_norm_factory()):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)  # expect: CB105 no-fix
        self.norm = create_norm(normalization, width=cout)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


class Attention(nn.Module):
    def __init__(self, width, normalization=batch_norm_factory(eps=1e-3)):
        super().__init__()
        self.normalize = normalization is not None
        self.reduce = conv1x1(width, width, bias=True)  # expect: CB105 no-fix
        if self.normalize:
            self.norm = create_norm(normalization, width=width)
        self.act = nn.ReLU()
        self.expand = conv1x1(width, width, bias=True)  # a sigmoid needs it

    def forward(self, x):
        gate = self.reduce(x.mean((2, 3), keepdim=True))
        if self.normalize:
            gate = self.norm(gate)
        return x * self.expand(self.act(gate)).sigmoid()


class Grouped(nn.Module):
    # The norm that the default makes keeps what all channels have in common.
    def __init__(self, cin, cout, normalization=layer_norm_factory()):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)
        self.norm = create_norm(normalization, width=cout)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
