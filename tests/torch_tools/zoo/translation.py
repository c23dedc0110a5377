"""An image-to-image generator with instance norms and reflection padding, and a plain autoencoder."""

from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.block = nn.Sequential(
            nn.ReflectionPad2d(1),
            nn.Conv2d(features, features, 3),
            nn.InstanceNorm2d(features),
            nn.ReLU(inplace=True),
            nn.ReflectionPad2d(1),
            nn.Conv2d(features, features, 3),
            nn.InstanceNorm2d(features),
        )

    def forward(self, x):
        return x + self.block(x)


class TranslationGenerator(nn.Module):
    def __init__(self, residual_blocks=2):
        super().__init__()
        model = [nn.ReflectionPad2d(3), nn.Conv2d(3, 8, 7), nn.InstanceNorm2d(8), nn.ReLU(inplace=True)]
        for _ in range(residual_blocks):
            model += [ResidualBlock(8)]
        model += [nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)]
        model += [nn.InstanceNorm2d(4, track_running_stats=True), nn.ReLU(inplace=True)]
        model += [nn.ReflectionPad2d(3), nn.Conv2d(4, 3, 7), nn.Tanh()]
        self.model = nn.Sequential(*model)

    def forward(self, x):
        return self.model(x)


class TabularAutoencoder(nn.Module):
    def __init__(self, features=20):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(features, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 8), nn.BatchNorm1d(8)
        )
        self.decoder = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, features))

    def forward(self, x):
        return self.decoder(self.encoder(x))
