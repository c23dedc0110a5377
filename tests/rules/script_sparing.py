"""Scripts that do not come upon the bias of a convolution, or are ready for it to be None."""

from __future__ import annotations

from script_heads import BLOCK, HEAD, NET, SEQ

SPARING = {
    "guard seq": (
        HEAD
        + SEQ
        + """\
for m in net.modules():
    if isinstance(m, nn.Conv2d):
        nn.init.kaiming_normal_(m.weight)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
"""
    ),
    "guard index": (
        HEAD
        + SEQ
        + """\
if net[0].bias is not None:
    net[0].bias.data.zero_()
"""
    ),
    "bn index": (
        HEAD
        + SEQ
        + """\
net[1].bias.data.zero_()
"""
    ),
    "bn loop": (
        HEAD
        + SEQ
        + """\
for m in net:
    if isinstance(m, nn.BatchNorm2d):
        m.bias.data.zero_()
"""
    ),
    "fc": (
        HEAD
        + NET
        + """\
net = Net()
net.fc.bias.data.zero_()
nn.init.zeros_(net.bn.bias)
"""
    ),
    "fc param": (
        HEAD
        + NET
        + """\
def reset(model):
    model.fc.bias.data.zero_()

reset(Net())
"""
    ),
    "guard param": (
        HEAD
        + NET
        + """\
def reset(model):
    for m in model.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)) and m.bias is not None:
            nn.init.zeros_(m.bias)

reset(Net())
"""
    ),
    "guard apply": (
        HEAD
        + NET
        + """\
def w(m):
    if isinstance(m, (nn.Conv2d, nn.Linear)):
        nn.init.normal_(m.weight)
        if m.bias is not None:
            m.bias.data.zero_()

Net().apply(w)
"""
    ),
    "own bias": (
        HEAD
        + """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        return self.fc(F.relu(self.bn(self.conv(x))).mean((2, 3)))


class Shift(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(c))

    def forward(self, x):
        return x + self.bias.view(1, -1, 1, 1)
Shift(3)(torch.randn(2, 3, 4, 4))
"""
    ),
    "block bn": (
        HEAD
        + BLOCK
        + """\
net = Net()
for b in net.blocks:
    nn.init.zeros_(b.bn.bias)
"""
    ),
    "other layer": (
        HEAD
        + SEQ
        + """\
fc = nn.Linear(8, 2)
nn.init.zeros_(fc.bias)
"""
    ),
    "config": (
        HEAD
        + """\
class Net(nn.Module):
    def __init__(self, cfg=None):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 2, bias=cfg.bias if cfg else True)

    def forward(self, x):
        return self.fc(F.relu(self.bn(self.conv(x))).mean((2, 3)))
Net()
"""
    ),
    "args": (
        HEAD
        + """\
class Net(nn.Module):
    def __init__(self, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 2, bias=bias)

    def forward(self, x):
        return self.fc(F.relu(self.bn(self.conv(x))).mean((2, 3)))
import argparse
p = argparse.ArgumentParser()
p.add_argument('--bias', action='store_true')
args = p.parse_args([])
Net(bias=args.bias)
"""
    ),
    "head loop": (
        HEAD
        + NET
        + """\
net = Net()
for m in (net.fc, net.bn):
    m.bias.data.zero_()
"""
    ),
    "names": (
        HEAD
        + NET
        + """\
net = Net()
decay = [p for n, p in net.named_parameters() if not n.endswith('.bias')]
no = [p for n, p in net.named_parameters() if n.endswith('.bias')]
torch.optim.SGD([{'params': decay}, {'params': no, 'weight_decay': 0}], lr=0.1)
"""
    ),
    "sd fc": (
        HEAD
        + NET
        + """\
net = Net()
sd = net.state_dict()
sd['fc.bias'].zero_()
"""
    ),
    "getattr guard": (
        HEAD
        + NET
        + """\
net = Net()
for m in net.modules():
    if getattr(m, 'bias', None) is not None:
        m.bias.data.zero_()
"""
    ),
    "detection head": (
        HEAD
        + NET
        + """\
import math
class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.cls = nn.Conv2d(8, 4, 1)
        nn.init.constant_(self.cls.bias, -math.log(99))
    def forward(self, x):
        return self.cls(x)

Head()
"""
    ),
}
