"""VGG with batch norm: layers appended to a list, made a Sequential at the end."""

import torch
from torch import nn

CONFIGS = {"A": [8, "M", 16, "M", 16, 16, "M"], "B": [8, 8, "M", 16, 16, "M", 24, 24, "M"]}


def make_layers(config):
    layers = []
    channels = 3
    for width in config:
        if width == "M":
            layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
        else:
            layers += [
                nn.Conv2d(channels, width, kernel_size=3, padding=1),
                nn.BatchNorm2d(width),
                nn.ReLU(True),
            ]
            channels = width
    return nn.Sequential(*layers), channels


class VGG(nn.Module):
    def __init__(self, config="A", classes=5):
        super().__init__()
        self.features, channels = make_layers(CONFIGS[config])
        self.pool = nn.AdaptiveAvgPool2d((2, 2))
        self.classifier = nn.Sequential(nn.Linear(channels * 4, 32), nn.ReLU(), nn.Linear(32, classes))

    def forward(self, x):
        x = self.pool(self.features(x))
        return self.classifier(torch.flatten(x, 1))


class VGGB(VGG):
    def __init__(self):
        super().__init__("B")
