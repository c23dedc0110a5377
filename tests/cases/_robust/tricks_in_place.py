# run: Plain, (2, 3, 8, 8)
# run: Listed, (2, 3, 8, 8)
# run: Named, (2, 3, 8, 8)

"""A sum in place is seen by whoever holds the tensor: of all this only the last is found."""

from torch import nn


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        outputs = []
        x = self.stem(x)
        outputs.append(x)
        x += self.conv(x * 1)
        return self.norm(x), outputs


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.stem(x)
        outputs = {"stem": x}
        x += self.conv(x * 1)
        return self.norm(x), outputs["stem"]


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)  # expect: CB104
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        outputs = []
        x = self.stem(x)
        x += self.conv(x * 1)
        x = self.norm(x)
        outputs.append(x)
        return outputs
# output
"""A sum in place is seen by whoever holds the tensor: of all this only the last is found."""

from torch import nn


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        outputs = []
        x = self.stem(x)
        outputs.append(x)
        x += self.conv(x * 1)
        return self.norm(x), outputs


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.stem(x)
        outputs = {"stem": x}
        x += self.conv(x * 1)
        return self.norm(x), outputs["stem"]


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1, bias=False)
        self.conv = nn.Conv2d(8, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        outputs = []
        x = self.stem(x)
        x += self.conv(x * 1)
        x = self.norm(x)
        outputs.append(x)
        return outputs
