# run: net(), (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).relu().mean((2, 3)))


def net(classes=10, pretrained=None):
    if pretrained:
        settings = {"imagenet": {"classes": 1000}}[pretrained]
        assert classes == settings["classes"]
        model = Net(settings["classes"])
        model.mean = 0.5
    else:
        model = Net(classes)
    return model
# output
from torch import nn


class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).relu().mean((2, 3)))


def net(classes=10, pretrained=None):
    if pretrained:
        settings = {"imagenet": {"classes": 1000}}[pretrained]
        assert classes == settings["classes"]
        model = Net(settings["classes"])
        model.mean = 0.5
    else:
        model = Net(classes)
    return model
