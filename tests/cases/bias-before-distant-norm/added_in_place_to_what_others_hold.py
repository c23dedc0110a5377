# run: Alone, (2, 8, 6, 6)
# run: Parent, (2, 8, 6, 6)
# run: ViewOf, (2, 8, 6, 6)
# run: SeenInView, (2, 8, 6, 6)
# run: InList, (2, 8, 6, 6)

from torch import nn


class Alone(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(8, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = self.first(x)
        out += self.conv(x)
        return self.norm(out)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, skip):
        skip += self.conv(x)
        return self.norm(skip)


class Parent(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Residual()

    def forward(self, x):
        skip = x * 0.5
        out = self.block(x, skip)
        return out + skip


class ViewOf(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = x.clone()
        same = out.view(out.shape)
        same += self.conv(x)
        return out + self.norm(same)


class SeenInView(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = x.clone()
        half = out[:, :4]
        out.add_(self.conv(x))
        return self.norm(out).sum(1) + half.sum(1)


class InList(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(8, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = self.first(x)
        kept = [out]
        out += self.conv(x)
        return self.norm(out) + kept[0]
# output
from torch import nn


class Alone(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(8, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = self.first(x)
        out += self.conv(x)
        return self.norm(out)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x, skip):
        skip += self.conv(x)
        return self.norm(skip)


class Parent(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Residual()

    def forward(self, x):
        skip = x * 0.5
        out = self.block(x, skip)
        return out + skip


class ViewOf(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = x.clone()
        same = out.view(out.shape)
        same += self.conv(x)
        return out + self.norm(same)


class SeenInView(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = x.clone()
        half = out[:, :4]
        out.add_(self.conv(x))
        return self.norm(out).sum(1) + half.sum(1)


class InList(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(8, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        out = self.first(x)
        kept = [out]
        out += self.conv(x)
        return self.norm(out) + kept[0]
