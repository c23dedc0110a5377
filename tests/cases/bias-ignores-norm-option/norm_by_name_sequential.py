# run: Encoder, (2, 3, 8, 8)
# run: Encoder("group"), (2, 3, 8, 8)
# run: Encoder("batch"), (2, 3, 8, 8)

import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, norm_fn="instance"):
        super().__init__()
        self.norm_fn = norm_fn
        if self.norm_fn == "group":
            self.norm1 = nn.GroupNorm(num_groups=2, num_channels=8)
        elif self.norm_fn == "batch":
            self.norm1 = nn.BatchNorm2d(8)
        elif self.norm_fn == "instance":
            self.norm1 = nn.InstanceNorm2d(8)
        elif self.norm_fn == "none":
            self.norm1 = nn.Sequential()
        self.conv1 = nn.Conv2d(3, 8, kernel_size=7, stride=2, padding=3)  # expect: CB105
        self.relu1 = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu1(self.norm1(self.conv1(x)))
# output
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, norm_fn="instance"):
        super().__init__()
        self.norm_fn = norm_fn
        if self.norm_fn == "group":
            self.norm1 = nn.GroupNorm(num_groups=2, num_channels=8)
        elif self.norm_fn == "batch":
            self.norm1 = nn.BatchNorm2d(8)
        elif self.norm_fn == "instance":
            self.norm1 = nn.InstanceNorm2d(8)
        elif self.norm_fn == "none":
            self.norm1 = nn.Sequential()
        self.conv1 = nn.Conv2d(3, 8, kernel_size=7, stride=2, padding=3, bias=norm_fn not in ("batch", "instance"))
        self.relu1 = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu1(self.norm1(self.conv1(x)))
