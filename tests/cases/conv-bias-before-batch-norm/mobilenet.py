# run: MobileNet(), (2, 3, 16, 16)

import torch.nn as nn


def _make_divisible(v, divisor=8):
    return max(divisor, int(v + divisor / 2) // divisor * divisor)


class ConvBNAct(nn.Sequential):
    def __init__(self, cin, cout, k=3, s=1, groups=1, act=nn.ReLU6):
        layers = [nn.Conv2d(cin, cout, k, s, (k - 1) // 2, groups=groups), nn.BatchNorm2d(cout)]  # expect: CB101
        if act is not None:
            layers.append(act(inplace=True))
        super().__init__(*layers)


class SqueezeExcite(nn.Module):
    # No norm here: both biases are needed.
    def __init__(self, c):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(c, c // 4, 1)
        self.fc2 = nn.Conv2d(c // 4, c, 1)

    def forward(self, x):
        return x * self.fc2(self.fc1(self.pool(x)).relu()).sigmoid()


class InvertedResidual(nn.Module):
    def __init__(self, cin, cout, stride, expand, se):
        super().__init__()
        hidden = cin * expand
        self.residual = stride == 1 and cin == cout
        layers = []
        if expand != 1:
            layers.append(ConvBNAct(cin, hidden, k=1))
        layers.append(ConvBNAct(hidden, hidden, s=stride, groups=hidden))
        if se:
            layers.append(SqueezeExcite(hidden))
        layers += [ConvBNAct(hidden, cout, k=1, act=None)]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.conv(x) if self.residual else self.conv(x)


class MobileNet(nn.Module):
    SETTINGS = ((1, 8, 1, False), (2, 16, 2, True), (2, 16, 1, True))

    def __init__(self, classes=4):
        super().__init__()
        width = _make_divisible(8)
        features = [ConvBNAct(3, width, s=2)]
        for expand, cout, stride, se in self.SETTINGS:
            features.append(InvertedResidual(width, cout, stride, expand, se))
            width = cout
        features.append(ConvBNAct(width, 32, k=1))
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(32, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean([2, 3]))
# output
import torch.nn as nn


def _make_divisible(v, divisor=8):
    return max(divisor, int(v + divisor / 2) // divisor * divisor)


class ConvBNAct(nn.Sequential):
    def __init__(self, cin, cout, k=3, s=1, groups=1, act=nn.ReLU6):
        layers = [nn.Conv2d(cin, cout, k, s, (k - 1) // 2, groups=groups, bias=False), nn.BatchNorm2d(cout)]
        if act is not None:
            layers.append(act(inplace=True))
        super().__init__(*layers)


class SqueezeExcite(nn.Module):
    # No norm here: both biases are needed.
    def __init__(self, c):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(c, c // 4, 1)
        self.fc2 = nn.Conv2d(c // 4, c, 1)

    def forward(self, x):
        return x * self.fc2(self.fc1(self.pool(x)).relu()).sigmoid()


class InvertedResidual(nn.Module):
    def __init__(self, cin, cout, stride, expand, se):
        super().__init__()
        hidden = cin * expand
        self.residual = stride == 1 and cin == cout
        layers = []
        if expand != 1:
            layers.append(ConvBNAct(cin, hidden, k=1))
        layers.append(ConvBNAct(hidden, hidden, s=stride, groups=hidden))
        if se:
            layers.append(SqueezeExcite(hidden))
        layers += [ConvBNAct(hidden, cout, k=1, act=None)]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.conv(x) if self.residual else self.conv(x)


class MobileNet(nn.Module):
    SETTINGS = ((1, 8, 1, False), (2, 16, 2, True), (2, 16, 1, True))

    def __init__(self, classes=4):
        super().__init__()
        width = _make_divisible(8)
        features = [ConvBNAct(3, width, s=2)]
        for expand, cout, stride, se in self.SETTINGS:
            features.append(InvertedResidual(width, cout, stride, expand, se))
            width = cout
        features.append(ConvBNAct(width, 32, k=1))
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(32, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean([2, 3]))
