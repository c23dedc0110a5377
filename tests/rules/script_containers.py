"""Scripts that use the biases of layers in containers, in the shapes people write."""

from __future__ import annotations

from script_heads import HEAD, SEQ

# These fail once the layer has no bias: no fix of theirs is safe.
CONTAINERS = {
    "seq init": (
        HEAD
        + SEQ
        + """\
nn.init.zeros_(net[0].bias)
"""
    ),
    "seq data": (
        HEAD
        + SEQ
        + """\
net[0].bias.data.zero_()
"""
    ),
    "seq neg": (
        HEAD
        + SEQ
        + """\
net[-3].bias.data.zero_()
"""
    ),
    "seq loop": (
        HEAD
        + SEQ
        + """\
for m in net:
    if isinstance(m, nn.Conv2d):
        m.bias.data.fill_(0)
"""
    ),
    "seq modules": (
        HEAD
        + SEQ
        + """\
for m in net.modules():
    if isinstance(m, nn.Conv2d):
        nn.init.zeros_(m.bias)
"""
    ),
    "seq unpack": (
        HEAD
        + SEQ
        + """\
conv, bn, act = net
nn.init.zeros_(conv.bias)
"""
    ),
    "seq slice": (
        HEAD
        + SEQ
        + """\
for m in net[:1]:
    nn.init.zeros_(m.bias)
"""
    ),
    "seq alias": (
        HEAD
        + SEQ
        + """\
other = net
first = other[0]
first.bias.data.zero_()
"""
    ),
    "seq nograd": (
        HEAD
        + SEQ
        + """\
with torch.no_grad():
    net[0].bias.fill_(1)
"""
    ),
    "seq ordered": (
        HEAD
        + """\
net = nn.Sequential(OrderedDict([('conv', nn.Conv2d(3, 8, 3)), ('bn', nn.BatchNorm2d(8))]))
net.conv.bias.data.zero_()
"""
    ),
    "seq ordered getattr": (
        HEAD
        + """\
net = nn.Sequential(OrderedDict([('conv', nn.Conv2d(3, 8, 3)), ('bn', nn.BatchNorm2d(8))]))
getattr(net, 'conv').bias.data.zero_()
"""
    ),
    "seq in function": (
        HEAD
        + """\
def main():
    net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())
    nn.init.zeros_(net[0].bias)
    return net
main()
"""
    ),
    "seq loop in function": (
        HEAD
        + """\
def main():
    net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())
    for m in net.modules():
        if isinstance(m, nn.Conv2d):
            nn.init.zeros_(m.bias)
    return net
main()
"""
    ),
    "seq returned": (
        HEAD
        + """\
def make():
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())
net = make()
nn.init.zeros_(net[0].bias)
"""
    ),
    "seq global in function": (
        HEAD
        + SEQ
        + """\
def reset():
    net[0].bias.data.zero_()

reset()
"""
    ),
    "seq dict": (
        HEAD
        + """\
nets = {'a': nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())}
nets['a'][0].bias.data.zero_()
for k, v in nets.items():
    v[0].bias.data.zero_()
"""
    ),
    "seq list": (
        HEAD
        + """\
nets = [nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU()) for _ in range(2)]
for n in nets:
    n[0].bias.data.zero_()
"""
    ),
    "list append": (
        HEAD
        + """\
layers = []
layers.append(nn.Conv2d(3, 8, 3))
layers.append(nn.BatchNorm2d(8))
net = nn.Sequential(*layers)
layers[0].bias.data.zero_()
"""
    ),
    "list plus": (
        HEAD
        + """\
layers = []
layers += [nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)]
net = nn.Sequential(*layers)
layers[0].bias.data.zero_()
"""
    ),
    "seq filter": (
        HEAD
        + SEQ
        + """\
convs = [m for m in net.modules() if isinstance(m, nn.Conv2d)]
for c in convs:
    c.bias.data.zero_()
"""
    ),
    "seq filter2": (
        HEAD
        + SEQ
        + """\
for c in filter(lambda m: isinstance(m, nn.Conv2d), net.modules()):
    c.bias.data.zero_()
"""
    ),
    "seq itermodules": (
        HEAD
        + SEQ
        + """\
c = list(net.children())[0]
c.bias.data.zero_()
"""
    ),
    "seq param": (
        HEAD
        + SEQ
        + """\
def reset(model):
    model[0].bias.data.zero_()

reset(net)
"""
    ),
    "star pack": (
        HEAD
        + SEQ
        + """\
first, *rest = net
first.bias.data.zero_()
"""
    ),
    "nested seq": (
        HEAD
        + """\
net = nn.Sequential(nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)), nn.ReLU())
net[0][0].bias.data.zero_()
"""
    ),
    "weight norm": (
        HEAD
        + """\
net = nn.Sequential(nn.utils.spectral_norm(nn.Conv2d(3, 8, 3)), nn.BatchNorm2d(8))
net[0].bias.data.zero_()
"""
    ),
    "or": (
        HEAD
        + SEQ
        + """\
m = None or net
m[0].bias.data.zero_()
"""
    ),
}
