# run: Critic, (2, 3, 8, 8)

import torch.nn as nn
from torch.nn.utils import spectral_norm
from torch.nn.utils.parametrizations import weight_norm


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            spectral_norm(nn.Conv2d(3, 4, 3)),  # expect: CB101
            nn.BatchNorm2d(4),
            nn.LeakyReLU(0.2),
            weight_norm(nn.Conv2d(4, 4, 3)),  # expect: CB101
            nn.BatchNorm2d(4),
            nn.LeakyReLU(0.2),
            spectral_norm(nn.Conv2d(4, 1, 1)),
        )

    def forward(self, x):
        return self.layers(x)
# output
import torch.nn as nn
from torch.nn.utils import spectral_norm
from torch.nn.utils.parametrizations import weight_norm


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            spectral_norm(nn.Conv2d(3, 4, 3, bias=False)),
            nn.BatchNorm2d(4),
            nn.LeakyReLU(0.2),
            weight_norm(nn.Conv2d(4, 4, 3, bias=False)),
            nn.BatchNorm2d(4),
            nn.LeakyReLU(0.2),
            spectral_norm(nn.Conv2d(4, 1, 1)),
        )

    def forward(self, x):
        return self.layers(x)
