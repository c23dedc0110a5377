"""Scripts that use the biases of models they build, in the shapes people write."""

from __future__ import annotations

from script_heads import BLOCK, HEAD, NET, NETSEQ

# These fail once the layer has no bias: no fix of theirs is safe.
MODELS = {
    "net init": (
        HEAD
        + NET
        + """\
net = Net()
nn.init.zeros_(net.conv.bias)
"""
    ),
    "net param": (
        HEAD
        + NET
        + """\
def reset(model):
    model.conv.bias.data.zero_()

reset(Net())
"""
    ),
    "net getattr": (
        HEAD
        + NET
        + """\
net = Net()
for name in ('conv', 'fc'):
    getattr(net, name).bias.data.zero_()
"""
    ),
    "net submodule": (
        HEAD
        + NET
        + """\
net = Net()
net.get_submodule('conv').bias.data.zero_()
"""
    ),
    "net modulesdict": (
        HEAD
        + NET
        + """\
net = Net()
net._modules['conv'].bias.data.zero_()
"""
    ),
    "net sd": (
        HEAD
        + NET
        + """\
net = Net()
sd = net.state_dict()
sd['conv.bias'].zero_()
"""
    ),
    "net sd f": (
        HEAD
        + NET
        + """\
net = Net()
sd = net.state_dict()
for n in ['conv', 'fc']:
    sd[f'{n}.bias'].zero_()
"""
    ),
    "net getparam": (
        HEAD
        + NET
        + """\
net = Net()
net.get_parameter('conv.bias').data.zero_()
"""
    ),
    "net shape": (
        HEAD
        + NET
        + """\
net = Net()
assert net.conv.bias.shape[0] == 8
"""
    ),
    "net requires": (
        HEAD
        + NET
        + """\
net = Net()
net.conv.bias.requires_grad = False
"""
    ),
    "net trainer": (
        HEAD
        + NET
        + """\
class Trainer:
    def __init__(self):
        self.model = Net()
    def reset(self):
        self.model.conv.bias.data.zero_()

Trainer().reset()
"""
    ),
    "net trainer param": (
        HEAD
        + NET
        + """\
class Trainer:
    def __init__(self, model):
        self.model = model
    def reset(self):
        self.model.conv.bias.data.zero_()

Trainer(Net()).reset()
"""
    ),
    "net wrapper": (
        HEAD
        + NET
        + """\
class Wrap(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.zeros_(m.bias)
    def forward(self, x):
        return self.inner(x)

Wrap(Net())
"""
    ),
    "net base loop": (
        HEAD
        + """\
class Base(nn.Module):
    def init_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.zeros_(m.bias)


class Net(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        return self.fc(F.relu(self.bn(self.conv(x))).mean((2, 3)))
Net().init_weights()
"""
    ),
    "net mixin": (
        HEAD
        + """\
class Mixin:
    def init_weights(self):
        self.conv.bias.data.zero_()


class Net(Mixin, nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        return self.fc(F.relu(self.bn(self.conv(x))).mean((2, 3)))
Net().init_weights()
"""
    ),
    "netseq neg": (
        HEAD
        + NETSEQ
        + """\
net = Net()
net.features[-3].bias.data.zero_()
"""
    ),
    "netseq child": (
        HEAD
        + NETSEQ
        + """\
net = Net()
for c in net.children():
    if isinstance(c, nn.Sequential):
        c[0].bias.data.zero_()
"""
    ),
    "block chain": (
        HEAD
        + BLOCK
        + """\
net = Net()
net.stem.conv.bias.data.zero_()
"""
    ),
    "block loop": (
        HEAD
        + BLOCK
        + """\
net = Net()
for b in net.blocks:
    b.conv.bias.data.zero_()
"""
    ),
    "block comp": (
        HEAD
        + BLOCK
        + """\
net = Net()
[nn.init.zeros_(b.conv.bias) for b in net.blocks]
"""
    ),
    "block self": (
        HEAD
        + """\
class Block(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv = nn.Conv2d(a, b, 3)
        self.bn = nn.BatchNorm2d(b)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Block(3, 8)
        self.blocks = nn.ModuleList([Block(8, 8) for _ in range(2)])
        for b in self.blocks:
            nn.init.zeros_(b.conv.bias)
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        x = self.stem(x)
        for b in self.blocks:
            x = b(x)
        return self.fc(x.mean((2, 3)))
Net()
"""
    ),
    "ema": (
        HEAD
        + NET
        + """\
a = Net()
b = Net()
for x, y in zip(a.modules(), b.modules()):
    if hasattr(x, 'bias'):
        x.bias.data.mul_(0.9).add_(y.bias.data, alpha=0.1)
"""
    ),
    "attrgetter": (
        HEAD
        + NET
        + """\
from operator import attrgetter
net = Net()
attrgetter('conv.bias')(net).data.zero_()
"""
    ),
    "named lambda": (
        HEAD
        + NET
        + """\
z = lambda m: m.conv.bias.data.zero_()
z(Net())
"""
    ),
    "cls in func": (
        HEAD
        + """\
def make():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 8, 3)
            self.bn = nn.BatchNorm2d(8)
            self.fc = nn.Linear(8, 2)

        def forward(self, x):
            return self.fc(F.relu(self.bn(self.conv(x))).mean((2, 3)))


    return Net()
make().conv.bias.data.zero_()
"""
    ),
    "nested func": (
        HEAD
        + NET
        + """\
def outer():
    net = Net()
    def inner():
        net.conv.bias.data.zero_()
    inner()

outer()
"""
    ),
}
