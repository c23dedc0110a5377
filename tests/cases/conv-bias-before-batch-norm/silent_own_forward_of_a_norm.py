# run: Net, (2, 3, 8, 8)

from torch import nn


class AffineOnly(nn.BatchNorm2d):
    def forward(self, x):
        return x * self.weight.view(1, -1, 1, 1) + self.bias.view(1, -1, 1, 1)


class Careful(nn.Sequential):
    def forward(self, x):
        for layer in self:
            x = layer(x).tanh()
        return x


class Net(nn.Module):
    # What these classes are called says nothing: what they do counts.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = AffineOnly(4)
        self.body = Careful(nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4))

    def forward(self, x):
        return self.body(self.norm(self.conv(x)))
