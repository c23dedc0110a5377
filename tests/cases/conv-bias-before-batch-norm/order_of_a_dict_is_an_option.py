# run: Block(True), (2, 8, 8, 8)
# run: Block(False), (2, 8, 8, 8)
# run: Late(True), (2, 8, 8, 8)
# run: Late(False), (2, 8, 8, 8)

from collections import OrderedDict

from torch import nn


class Block(nn.Module):
    def __init__(self, post):
        super().__init__()
        parts = OrderedDict()
        if post:
            parts["conv"] = nn.Conv2d(8, 8, 3)  # silent: in which order the parts run is not followed
            parts["norm"] = nn.BatchNorm2d(8)
            parts["act"] = nn.ReLU()
        else:
            parts["norm"] = nn.BatchNorm2d(8)
            parts["act"] = nn.ReLU()
            parts["conv"] = nn.Conv2d(8, 8, 3)
        self.net = nn.Sequential(parts)

    def forward(self, x):
        return self.net(x)


class Late(nn.Module):
    def __init__(self, post):
        super().__init__()
        parts = {}
        if post:
            parts["conv"] = nn.Conv2d(8, 8, 3)  # silent: in which order the parts run is not followed
        parts["norm"] = nn.BatchNorm2d(8)
        if not post:
            parts["conv"] = nn.Conv2d(8, 8, 3)
        self.net = nn.Sequential(*parts.values())

    def forward(self, x):
        return self.net(x).relu()
