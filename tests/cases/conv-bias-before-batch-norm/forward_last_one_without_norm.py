# run: Decoder, (2, 4, 8, 8)

from torch import nn
import torch.nn.functional as F


class Decoder(nn.Module):
    # The last convolution of the list has no norm, and all are made in one place: nothing can be said.
    def __init__(self, width=4, depth=3):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(depth))  # silent: not all of them
        self.bns = nn.ModuleList(nn.BatchNorm2d(width) for _ in range(depth - 1))

    def forward(self, x):
        for i, conv in enumerate(self.convs[:-1]):
            x = F.relu(self.bns[i](conv(x)))
        return self.convs[-1](x)
