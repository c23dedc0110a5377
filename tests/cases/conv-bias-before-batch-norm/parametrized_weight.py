# run: Net, (2, 3, 8, 8)

from torch import nn
from torch.nn.utils.parametrize import register_parametrization


class MaxNorm(nn.Module):
    def forward(self, weight):
        return weight.renorm(2, 0, 1.0)


class ConstrainedConv2d(nn.Conv2d):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        register_parametrization(self, "weight", MaxNorm())


def constrain(*layers):
    for layer in layers:
        if isinstance(layer, nn.Conv2d):
            register_parametrization(layer, "weight", MaxNorm())


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = ConstrainedConv2d(3, 8, 3)  # expect: CB101
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3)  # expect: CB101
        self.bn2 = nn.BatchNorm2d(8)
        # Its bias is computed from something: there is no plain bias to leave out.
        self.conv3 = nn.Conv2d(8, 8, 3)
        self.bn3 = nn.BatchNorm2d(8)
        constrain(self.conv1, self.conv2)
        register_parametrization(self.conv3, "bias", nn.Identity())

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.bn2(self.conv2(x)).relu()
        return self.bn3(self.conv3(x)).relu()
# output
from torch import nn
from torch.nn.utils.parametrize import register_parametrization


class MaxNorm(nn.Module):
    def forward(self, weight):
        return weight.renorm(2, 0, 1.0)


class ConstrainedConv2d(nn.Conv2d):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        register_parametrization(self, "weight", MaxNorm())


def constrain(*layers):
    for layer in layers:
        if isinstance(layer, nn.Conv2d):
            register_parametrization(layer, "weight", MaxNorm())


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = ConstrainedConv2d(3, 8, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        # Its bias is computed from something: there is no plain bias to leave out.
        self.conv3 = nn.Conv2d(8, 8, 3)
        self.bn3 = nn.BatchNorm2d(8)
        constrain(self.conv1, self.conv2)
        register_parametrization(self.conv3, "bias", nn.Identity())

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.bn2(self.conv2(x)).relu()
        return self.bn3(self.conv3(x)).relu()
