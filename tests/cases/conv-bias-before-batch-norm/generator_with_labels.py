# run: Generator, (2, 6), torch.tensor([0, 1])

import torch
from torch import nn


class ConditionalNorm(nn.Module):
    def __init__(self, c, classes):
        super().__init__()
        self.bn = nn.BatchNorm2d(c, affine=False)
        self.embed = nn.Embedding(classes, 2 * c)

    def forward(self, x, y):
        gamma, beta = self.embed(y).chunk(2, 1)
        return gamma[:, :, None, None] * self.bn(x) + beta[:, :, None, None]


class Generator(nn.Module):
    def __init__(self, latent=6, c=4, classes=3):
        super().__init__()
        self.c = c
        self.fc = nn.Linear(latent, c * 16)
        self.conv1 = nn.ConvTranspose2d(c, c, 4, 2, 1)  # expect: CB101
        self.cbn1 = ConditionalNorm(c, classes)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)  # expect: CB101
        self.cbn2 = ConditionalNorm(c, classes)
        self.out = nn.Conv2d(c, 3, 1)

    def forward(self, z, y):
        x = torch.relu(self.fc(z)).view(-1, self.c, 4, 4)
        x = self.cbn1(self.conv1(x), y).relu()
        x = self.cbn2(self.conv2(x), y).relu()
        return self.out(x).tanh()
# output
import torch
from torch import nn


class ConditionalNorm(nn.Module):
    def __init__(self, c, classes):
        super().__init__()
        self.bn = nn.BatchNorm2d(c, affine=False)
        self.embed = nn.Embedding(classes, 2 * c)

    def forward(self, x, y):
        gamma, beta = self.embed(y).chunk(2, 1)
        return gamma[:, :, None, None] * self.bn(x) + beta[:, :, None, None]


class Generator(nn.Module):
    def __init__(self, latent=6, c=4, classes=3):
        super().__init__()
        self.c = c
        self.fc = nn.Linear(latent, c * 16)
        self.conv1 = nn.ConvTranspose2d(c, c, 4, 2, 1, bias=False)
        self.cbn1 = ConditionalNorm(c, classes)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.cbn2 = ConditionalNorm(c, classes)
        self.out = nn.Conv2d(c, 3, 1)

    def forward(self, z, y):
        x = torch.relu(self.fc(z)).view(-1, self.c, 4, 4)
        x = self.cbn1(self.conv1(x), y).relu()
        x = self.cbn2(self.conv2(x), y).relu()
        return self.out(x).tanh()
