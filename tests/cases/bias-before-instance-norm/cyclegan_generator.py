# run: Generator(3, 2), (1, 3, 16, 16)

import torch.nn as nn


class Generator(nn.Module):
    def __init__(self, channels, num_blocks, width=4):
        super().__init__()
        model = [
            nn.ReflectionPad2d(3),
            nn.Conv2d(channels, width, 7),  # expect: CB103
            nn.InstanceNorm2d(width),
            nn.ReLU(inplace=True),
        ]
        features = width
        for _ in range(2):
            out = features * 2
            model += [
                nn.Conv2d(features, out, 3, stride=2, padding=1),  # expect: CB103
                nn.InstanceNorm2d(out),
                nn.ReLU(inplace=True),
            ]
            features = out
        for _ in range(num_blocks):
            model += [nn.Sequential(nn.Conv2d(features, features, 1), nn.InstanceNorm2d(features))]  # expect: CB103
        for _ in range(2):
            out = features // 2
            model += [
                nn.Upsample(scale_factor=2),
                nn.Conv2d(features, out, 3, stride=1, padding=1),  # expect: CB103
                nn.InstanceNorm2d(out),
                nn.ReLU(inplace=True),
            ]
            features = out
        model += [nn.ReflectionPad2d(3), nn.Conv2d(width, channels, 7), nn.Tanh()]
        self.model = nn.Sequential(*model)

    def forward(self, x):
        return self.model(x)
# output
import torch.nn as nn


class Generator(nn.Module):
    def __init__(self, channels, num_blocks, width=4):
        super().__init__()
        model = [
            nn.ReflectionPad2d(3),
            nn.Conv2d(channels, width, 7, bias=False),
            nn.InstanceNorm2d(width),
            nn.ReLU(inplace=True),
        ]
        features = width
        for _ in range(2):
            out = features * 2
            model += [
                nn.Conv2d(features, out, 3, stride=2, padding=1, bias=False),
                nn.InstanceNorm2d(out),
                nn.ReLU(inplace=True),
            ]
            features = out
        for _ in range(num_blocks):
            model += [nn.Sequential(nn.Conv2d(features, features, 1, bias=False), nn.InstanceNorm2d(features))]
        for _ in range(2):
            out = features // 2
            model += [
                nn.Upsample(scale_factor=2),
                nn.Conv2d(features, out, 3, stride=1, padding=1, bias=False),
                nn.InstanceNorm2d(out),
                nn.ReLU(inplace=True),
            ]
            features = out
        model += [nn.ReflectionPad2d(3), nn.Conv2d(width, channels, 7), nn.Tanh()]
        self.model = nn.Sequential(*model)

    def forward(self, x):
        return self.model(x)
