# run: Discriminator, (2, 1, 32, 32)

import torch.nn as nn


class Discriminator(nn.Module):
    def __init__(self, channels=1):
        super().__init__()

        def discriminator_block(in_filters, out_filters, bn=True):
            block = [nn.Conv2d(in_filters, out_filters, 3, 2, 1), nn.LeakyReLU(0.2, inplace=True), nn.Dropout2d(0.25)]
            if bn:
                block.append(nn.BatchNorm2d(out_filters, 0.8))
            return block

        def generator_block(in_filters, out_filters, bn=True):
            layers = [nn.Conv2d(in_filters, out_filters, 3, 1, 1)]  # expect: CB105
            if bn:
                layers.append(nn.BatchNorm2d(out_filters, 0.8))
            layers.append(nn.LeakyReLU(0.2, inplace=True))
            return layers

        self.model = nn.Sequential(
            *generator_block(channels, 4, bn=False),
            *generator_block(4, 8),
            *discriminator_block(8, 8, bn=False),
            *discriminator_block(8, 16),
            nn.Conv2d(16, 1, 1),
        )

    def forward(self, img):
        return self.model(img)
# output
import torch.nn as nn


class Discriminator(nn.Module):
    def __init__(self, channels=1):
        super().__init__()

        def discriminator_block(in_filters, out_filters, bn=True):
            block = [nn.Conv2d(in_filters, out_filters, 3, 2, 1), nn.LeakyReLU(0.2, inplace=True), nn.Dropout2d(0.25)]
            if bn:
                block.append(nn.BatchNorm2d(out_filters, 0.8))
            return block

        def generator_block(in_filters, out_filters, bn=True):
            layers = [nn.Conv2d(in_filters, out_filters, 3, 1, 1, bias=not bn)]
            if bn:
                layers.append(nn.BatchNorm2d(out_filters, 0.8))
            layers.append(nn.LeakyReLU(0.2, inplace=True))
            return layers

        self.model = nn.Sequential(
            *generator_block(channels, 4, bn=False),
            *generator_block(4, 8),
            *discriminator_block(8, 8, bn=False),
            *discriminator_block(8, 16),
            nn.Conv2d(16, 1, 1),
        )

    def forward(self, img):
        return self.model(img)
