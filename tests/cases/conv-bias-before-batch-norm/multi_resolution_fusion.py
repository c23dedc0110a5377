# run: Fuse([2, 4]), (2, 2, 8, 8), (2, 4, 4, 4)

import torch
from torch import nn


class Fuse(nn.Module):
    def __init__(self, widths):
        super().__init__()
        layers = []
        for i in range(len(widths)):
            row = []
            for j in range(len(widths)):
                if j > i:
                    row.append(
                        nn.Sequential(
                            nn.Conv2d(widths[j], widths[i], 1),  # expect: CB101
                            nn.BatchNorm2d(widths[i]),
                            nn.Upsample(scale_factor=2 ** (j - i), mode="nearest"),
                        )
                    )
                elif j == i:
                    row.append(None)
                else:
                    row.append(
                        nn.Sequential(
                            nn.Conv2d(widths[j], widths[i], 3, 2, 1),  # expect: CB101
                            nn.BatchNorm2d(widths[i]),
                        )
                    )
            layers.append(nn.ModuleList(row))
        self.fuse_layers = nn.ModuleList(layers)
        self.relu = nn.ReLU()

    def forward(self, *x):
        outs = []
        for i in range(len(self.fuse_layers)):
            y = x[0] if i == 0 else self.fuse_layers[i][0](x[0])
            for j in range(1, len(x)):
                if i == j:
                    y = y + x[j]
                else:
                    y = y + self.fuse_layers[i][j](x[j])
            outs.append(self.relu(y))
        return outs
# output
import torch
from torch import nn


class Fuse(nn.Module):
    def __init__(self, widths):
        super().__init__()
        layers = []
        for i in range(len(widths)):
            row = []
            for j in range(len(widths)):
                if j > i:
                    row.append(
                        nn.Sequential(
                            nn.Conv2d(widths[j], widths[i], 1, bias=False),
                            nn.BatchNorm2d(widths[i]),
                            nn.Upsample(scale_factor=2 ** (j - i), mode="nearest"),
                        )
                    )
                elif j == i:
                    row.append(None)
                else:
                    row.append(
                        nn.Sequential(
                            nn.Conv2d(widths[j], widths[i], 3, 2, 1, bias=False),
                            nn.BatchNorm2d(widths[i]),
                        )
                    )
            layers.append(nn.ModuleList(row))
        self.fuse_layers = nn.ModuleList(layers)
        self.relu = nn.ReLU()

    def forward(self, *x):
        outs = []
        for i in range(len(self.fuse_layers)):
            y = x[0] if i == 0 else self.fuse_layers[i][0](x[0])
            for j in range(1, len(x)):
                if i == j:
                    y = y + x[j]
                else:
                    y = y + self.fuse_layers[i][j](x[j])
            outs.append(self.relu(y))
        return outs
