# run: Net, (2, 3, 8, 8)

from torch import nn

PLAIN = [
    *("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8"),
    *("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"),
    *("e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"),
    *("g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8"),
]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # h8 has no norm
        self.norm = nn.Identity() if "h8" in PLAIN else nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
