# run: Unet(2), (2, 3, 16, 16)

import torch
import torch.nn as nn


class Skip(nn.Module):
    """down -> submodule -> up, with the input joined to the output."""

    def __init__(self, outer, inner, submodule=None, outermost=False, innermost=False):
        super().__init__()
        self.outermost = outermost
        downconv = nn.Conv2d(3 if outermost else outer, inner, kernel_size=4, stride=2, padding=1, bias=outermost or innermost)
        downnorm = nn.BatchNorm2d(inner)
        upnorm = nn.BatchNorm2d(outer)
        if outermost:
            upconv = nn.ConvTranspose2d(inner * 2, 3, 4, 2, 1)
            model = [downconv] + [submodule] + [nn.ReLU(), upconv, nn.Tanh()]
        elif innermost:
            upconv = nn.ConvTranspose2d(inner, outer, 4, 2, 1)  # expect: CB101
            model = [nn.LeakyReLU(0.2), downconv] + [nn.ReLU(), upconv, upnorm]
        else:
            upconv = nn.ConvTranspose2d(inner * 2, outer, 4, 2, 1)  # expect: CB101
            model = [nn.LeakyReLU(0.2), downconv, downnorm] + [submodule] + [nn.ReLU(), upconv, upnorm]
        self.model = nn.Sequential(*model)

    def forward(self, x):
        if self.outermost:
            return self.model(x)
        return torch.cat([x, self.model(x)], 1)


class Unet(nn.Module):
    def __init__(self, width):
        super().__init__()
        block = Skip(width * 2, width * 4, innermost=True)
        block = Skip(width, width * 2, submodule=block)
        self.model = Skip(width, width, submodule=block, outermost=True)

    def forward(self, x):
        return self.model(x)
# output
import torch
import torch.nn as nn


class Skip(nn.Module):
    """down -> submodule -> up, with the input joined to the output."""

    def __init__(self, outer, inner, submodule=None, outermost=False, innermost=False):
        super().__init__()
        self.outermost = outermost
        downconv = nn.Conv2d(3 if outermost else outer, inner, kernel_size=4, stride=2, padding=1, bias=outermost or innermost)
        downnorm = nn.BatchNorm2d(inner)
        upnorm = nn.BatchNorm2d(outer)
        if outermost:
            upconv = nn.ConvTranspose2d(inner * 2, 3, 4, 2, 1)
            model = [downconv] + [submodule] + [nn.ReLU(), upconv, nn.Tanh()]
        elif innermost:
            upconv = nn.ConvTranspose2d(inner, outer, 4, 2, 1, bias=False)
            model = [nn.LeakyReLU(0.2), downconv] + [nn.ReLU(), upconv, upnorm]
        else:
            upconv = nn.ConvTranspose2d(inner * 2, outer, 4, 2, 1, bias=False)
            model = [nn.LeakyReLU(0.2), downconv, downnorm] + [submodule] + [nn.ReLU(), upconv, upnorm]
        self.model = nn.Sequential(*model)

    def forward(self, x):
        if self.outermost:
            return self.model(x)
        return torch.cat([x, self.model(x)], 1)


class Unet(nn.Module):
    def __init__(self, width):
        super().__init__()
        block = Skip(width * 2, width * 4, innermost=True)
        block = Skip(width, width * 2, submodule=block)
        self.model = Skip(width, width, submodule=block, outermost=True)

    def forward(self, x):
        return self.model(x)
